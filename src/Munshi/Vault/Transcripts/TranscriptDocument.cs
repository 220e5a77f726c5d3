using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Munshi.Ledger.Transcripts;
using Munshi.Web.Resources;

namespace Munshi.Vault.Transcripts;

/// <summary>What stands in a transcript before and behind its messages. It runs no script and loads nothing, wherever it is opened.</summary>
internal sealed class TranscriptDocument(IStringLocalizer<Text> text)
{
    private static readonly string Style = ReadStyle();

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; img-src data:; base-uri 'none'; form-action 'none'";

    public void WriteHead(TranscriptOutput output, TranscriptPlan plan, string workspace, string person)
    {
        string language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        output.Raw("<!doctype html>");
        output.Line($"<html lang=\"{language}\">");
        output.Raw("<head>");
        output.Raw("<meta charset=\"utf-8\">");
        output.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        output.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        output.Raw("<meta name=\"referrer\" content=\"no-referrer\">");
        output.Raw("<meta name=\"robots\" content=\"noindex\">");
        output.Line($"<title>{text["Transcript.Heading"]} – {plan.Contact.DisplayName}</title>");
        output.Raw($"<style>{Style}</style>");
        output.Raw("</head>");
        output.Raw("<body>");
        output.Raw("<header>");
        output.Line($"<h1>{text["Transcript.Heading"]}: <bdi>{plan.Contact.DisplayName}</bdi></h1>");
        output.Raw("<dl>");
        Fact(output, "Transcript.Business", workspace);
        Fact(output, "Transcript.Number", plan.Contact.MaskedNumber);
        Fact(output, "Transcript.Messages", plan.Messages.ToString(CultureInfo.InvariantCulture));
        Fact(output, "Transcript.SavedAt", TranscriptText.Times(plan.At));
        Fact(output, "Transcript.SavedBy", person);
        Fact(output, "Transcript.Conversation", plan.ConversationId.ToString());
        Fact(output, "Transcript.Earlier", plan.Earlier?.ToString());
        Fact(output, "Transcript.GoesOnIn", plan.GoesOnIn?.ToString());
        Fact(output, "Transcript.Ledger", string.Create(CultureInfo.InvariantCulture, $"{plan.Key.Name}, {plan.Checkpoint.Size}"));
        output.Raw("</dl>");
        output.Raw("</header>");
        WriteGuide(output);
        output.Line($"<h2>{text["Transcript.Checkpoint"]}</h2>");
        output.Raw("<pre id=\"policy\">");
        output.Line($"log {plan.Key.ToString()}");
        output.Raw("quorum none");
        output.Raw("</pre>");
        output.Raw("<pre id=\"checkpoint\">");
        output.Raw(plan.Checkpoint.Note.TrimEnd('\n'));
        output.Raw("</pre>");
        output.Raw("<main>");
    }

    /// <summary>All that is sealed ends with it.</summary>
    public void WriteEnd(TranscriptOutput output)
    {
        output.Raw("</main>");
        output.Line($"<h2>{text["Transcript.Seal"]}</h2>");
    }

    private void WriteGuide(TranscriptOutput output)
    {
        output.Raw("<section>");
        output.Line($"<h2>{text["Transcript.How"]}</h2>");
        output.Line($"<p>{text["Transcript.HowProved"]}</p>");
        output.Line($"<p>{text["Transcript.HowProgram"]}</p>");
        output.Raw("<pre>munshi-verify FILE.html</pre>");
        output.Line($"<p>{text["Transcript.HowBytes"]}</p>");
        output.Raw("<pre>head -c BYTES FILE.html | sha256sum</pre>");
        output.Line($"<p>{text["Transcript.HowRow"]}</p>");
        output.Raw("<pre>{ printf '\\000'; echo LEAF | base64 -d; } | sha256sum</pre>");
        output.Line($"<p>{text["Transcript.HowKey"]}</p>");
        output.Raw("</section>");
    }

    private void Fact(TranscriptOutput output, string key, string? value)
    {
        if (value is not null)
        {
            output.Line($"<dt>{text[key]}</dt><dd><bdi>{value}</bdi></dd>");
        }
    }

    private static string ReadStyle()
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Vault/Transcripts/transcript.css")!);
        return reader.ReadToEnd();
    }
}
