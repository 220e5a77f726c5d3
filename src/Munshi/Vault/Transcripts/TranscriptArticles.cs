using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Munshi.Audit.Export;
using Munshi.Ledger;
using Munshi.Ledger.Transcripts;
using Munshi.Vault.Pages;
using Munshi.Vault.Pages.Details;
using Munshi.Web.Resources;

namespace Munshi.Vault.Transcripts;

/// <summary>Writes messages as a transcript shows them, each element that is checked on a line of its own: <c>docs/data-format.md</c>.</summary>
internal sealed class TranscriptArticles(IStringLocalizer<Text> text, TranscriptDetails details)
{
    public void Write(TranscriptOutput output, TranscriptEntry entry)
    {
        MessageRow row = entry.Row;
        string direction = row.Outbound ? "out" : "in";
        string times = TranscriptText.Times(row.At);
        output.Line($"<article class=\"{direction}\" id=\"m-{row.Id}\">");
        output.Line($"<p class=\"at\">#{entry.Number} · {times}</p>");
        output.Line($"<p class=\"who\"><b>{text[row.Outbound ? "Transcript.Ours" : "Transcript.Theirs"]}</b> · <bdi>{entry.Author}</bdi> · {KindOf(row)}{OriginOf(row)}</p>");
        WriteTarget(output, entry);
        WriteContent(output, entry);
        if (StateOf(row) is { } state)
        {
            output.Line($"<p class=\"state\">{state}</p>");
        }

        WriteProof(output, entry);
        output.Raw("</article>");
    }

    private void WriteTarget(TranscriptOutput output, TranscriptEntry entry)
    {
        if (entry.Target is { } target)
        {
            string key = entry.Row.Kind switch
            {
                "reaction" => "Transcript.ReactsTo",
                "edit" => "Transcript.Changes",
                "revoke" => "Transcript.Deletes",
                _ => "Transcript.Answers",
            };
            string times = TranscriptText.Times(target.At);
            output.Line($"<p class=\"mark\">{text[key]} <a href=\"#m-{target.Id}\">{times}</a></p>");
        }
        else if (entry.Row.Marks.Answers)
        {
            output.Line($"<p class=\"mark\">{text["Message.AnswersEarlier"]}</p>");
        }

        if (entry.Row.Marks.Forwarded || entry.Row.Marks.ForwardedOften)
        {
            output.Line($"<p class=\"mark\">{text[entry.Row.Marks.ForwardedOften ? "Message.ForwardedOften" : "Message.Forwarded"]}</p>");
        }
    }

    private void WriteContent(TranscriptOutput output, TranscriptEntry entry)
    {
        MessageRow row = entry.Row;
        if (entry.RevokedAt is { } revoked)
        {
            string times = TranscriptText.Times(revoked);
            output.Line($"<p class=\"note\">{text["Transcript.Deleted"]} {times}. {text["Transcript.DeletedHint"]}</p>");
            return;
        }

        if (entry.EditedAt is { } edited)
        {
            string times = TranscriptText.Times(edited);
            output.Line($"<p class=\"note\">{text["Transcript.Edited"]} {times}</p>");
        }

        if (row.Text.Loss is not WordsLoss.None)
        {
            output.Line($"<p class=\"note\">{text[$"Words.{row.Text.Loss}"]} {text[$"Words.{row.Text.Loss}Hint"]}</p>");
        }

        if (row.Text.Text is { Length: > 0 } words)
        {
            output.Line($"<p class=\"text\" dir=\"auto\">{words}</p>");
        }

        details.Write(output, row);
        WriteFile(output, entry);
    }

    private void WriteFile(TranscriptOutput output, TranscriptEntry entry)
    {
        if (entry.File is not { } file)
        {
            return;
        }

        if (file.State is not MediaState.Stored)
        {
            output.Line($"<p class=\"file\">{text["Transcript.NoFile"]}</p>");
            return;
        }

        output.Line($"<p class=\"file\">{file.Type?.Name} · {text["Transcript.Bytes", file.Length ?? 0]}</p>");
        if (file.Hash is { } hash)
        {
            output.Line($"<p class=\"hash\">{text["Transcript.Hash"]} <code>{hash}</code></p>");
        }

        if (file.FromExport)
        {
            output.Line($"<p class=\"hint\">{text["Transcript.FromExport"]}</p>");
        }

        if (entry.Picture is { } picture)
        {
            string content = Convert.ToBase64String(picture.Content);
            output.Line($"<p class=\"picture\"><img alt=\"{text["Media.Picture"]}\" src=\"data:{picture.Type.Name};base64,{content}\"></p>");
            if (!picture.IsWhole)
            {
                output.Line($"<p class=\"hint\">{text["Transcript.SmallPicture"]}</p>");
            }
        }
    }

    private void WriteProof(TranscriptOutput output, TranscriptEntry entry)
    {
        if (entry is not { Entry: { } signed, Opened: { } opened })
        {
            output.Line($"<p class=\"hint\">{text["Transcript.TooNew"]}</p>");
            return;
        }

        string hash = LedgerLeaf.RowHash(signed.Leaf).ToString();
        StringBuilder path = new("path");
        foreach (Digest one in signed.Path)
        {
            path.Append(' ').Append(one.ToBase64());
        }

        output.Line($"<p class=\"entry\">{text["Transcript.Entry", signed.Seq]} <code>{hash}</code></p>");
        output.Line($"<details class=\"proof\"><summary>{text["Transcript.Proof"]}</summary><pre>");
        output.Raw(string.Create(CultureInfo.InvariantCulture, $"seq {signed.Seq}"));
        output.Raw($"leaf {Convert.ToBase64String(signed.Leaf)}");
        output.Raw(path.ToString());
        output.Raw(RecordText.Of(signed.Seq, $"message:{entry.Row.Id}", entry.Row.Id, opened, isWithheld: entry.RevokedAt is not null));
        output.Raw("</pre></details>");
    }

    private string KindOf(MessageRow row) =>
        text[row.Detail is FileDetail { IsVoice: true } ? "Kind.voice" : MessageKinds.TextKey(row.Kind, row.Outbound)].Value;

    private string OriginOf(MessageRow row) => row.Origin is MessageOrigin.Channel ? "" : $" · {text[$"Message.Origin.{row.Origin}"].Value}";

    /// <summary>Of a message of ours, what became of it.</summary>
    private string? StateOf(MessageRow row)
    {
        if (!row.Outbound || (row.Origin is not MessageOrigin.Channel && row.Status is null))
        {
            return null;
        }

        string status = row.Status switch
        {
            null => "Queued",
            "unknown" => "Sent",
            { } known => $"{char.ToUpperInvariant(known[0])}{known[1..]}",
        };
        return text[$"Delivery.{status}"] is { ResourceNotFound: false } name ? name.Value : null;
    }
}
