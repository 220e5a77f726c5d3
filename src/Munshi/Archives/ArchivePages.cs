using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Transcripts;
using Munshi.Vault;
using Munshi.Vault.Transcripts;
using Munshi.Web.Resources;

namespace Munshi.Archives;

/// <summary>The part that people read: <c>html/conversations/{id}.html</c>, each a transcript, and <c>html/index.html</c>, which lists them. They run no script and load nothing.</summary>
internal sealed class ArchivePages(WorkspaceDatabase database, SavedTranscripts transcripts, TranscriptWriter writer, IStringLocalizer<Text> text)
{
    private const int AtOnce = 200;

    private static readonly string Page = Sql.Read("Archives/newest_conversations.sql");
    private static readonly string Style = ReadStyle();

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    /// <param name="run">The archive.</param>
    /// <param name="workspace">The business's name.</param>
    /// <param name="checkpoint">What the transcripts' proofs lead to.</param>
    /// <param name="key">The checkpoint's.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>How many conversations.</returns>
    public async Task<long> WriteAsync(ArchiveRun run, string workspace, StoredCheckpoint checkpoint, VerifierKey key, CancellationToken cancellationToken)
    {
        await using FileStream file = run.Folder.Open("html/index.html");
        using TranscriptOutput index = new(file);
        WriteHead(index, workspace, run.At);
        long conversations = 0;
        DateTimeOffset? until = null;
        long added;
        do
        {
            added = await ListAsync(run, index, until, checkpoint, key, cancellationToken);
            conversations += added;
            until = run.At;
        }
        while (added > 0); // what is written to meanwhile moves to the front, past which this went already
        index.Line($"</ul><p class=\"hint\">{text["Archive.Count", conversations]}</p>");
        index.Raw("</main>");
        index.Raw("</body>");
        index.Raw("</html>");
        await index.FlushAsync(cancellationToken);
        return conversations;
    }

    /// <summary>From the newest to those that were last written to before an instant; null for all.</summary>
    private async Task<long> ListAsync(
        ArchiveRun run, TranscriptOutput index, DateTimeOffset? until, StoredCheckpoint checkpoint, VerifierKey key, CancellationToken cancellationToken)
    {
        long added = 0;
        PageCursor? before = null;
        IReadOnlyList<PageCursor> page;
        do
        {
            page = await database.RowsAsync(
                run.ClientId,
                new Statement(Page).Uuid(run.ClientId).Time(before?.At).Uuid(before?.Id).Time(until).Int(AtOnce),
                reader => new PageCursor(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1)),
                cancellationToken);
            foreach (PageCursor one in page)
            {
                string path = $"html/conversations/{one.Id}.html";
                if (run.Folder.Has(path) || await transcripts.PlanAsync(run.ClientId, one.Id, run.At, checkpoint, key, cancellationToken) is not { } plan)
                {
                    continue;
                }

                await using (FileStream file = run.Folder.Open(path))
                {
                    await writer.WriteAsync(run.ClientId, text["Archive.SavedBy"].Value, plan, file, cancellationToken);
                }

                WriteItem(index, plan);
                await index.FlushSomeAsync(cancellationToken);
                added++;
                run.Progress.Tell($"html: {added} conversations ...");
            }

            before = page.Count == 0 ? before : page[^1];
        }
        while (page.Count == AtOnce);
        return added;
    }

    private void WriteHead(TranscriptOutput output, string workspace, DateTimeOffset at)
    {
        string language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        output.Raw("<!doctype html>");
        output.Line($"<html lang=\"{language}\">");
        output.Raw("<head>");
        output.Raw("<meta charset=\"utf-8\">");
        output.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">");
        output.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        output.Raw("<meta name=\"color-scheme\" content=\"light dark\">");
        output.Raw("<meta name=\"referrer\" content=\"no-referrer\">");
        output.Raw("<meta name=\"robots\" content=\"noindex\">");
        output.Line($"<title>{text["Archive.Title"]} – {workspace}</title>");
        output.Raw($"<style>{Style}</style>");
        output.Raw("</head>");
        output.Raw("<body>");
        output.Raw("<main>");
        output.Line($"<h1><bdi>{workspace}</bdi></h1>");
        output.Line($"<p>{text["Archive.Says", TranscriptText.Times(at)]}</p>");
        output.Line($"<p class=\"hint\">{text["Archive.Care"]}</p>");
        output.Line($"<h2>{text["Archive.Conversations"]}</h2>");
        output.Raw("<ul>");
    }

    private void WriteItem(TranscriptOutput output, TranscriptPlan plan)
    {
        string last = plan.Last is { } cursor ? TranscriptText.Times(cursor.At) : "";
        output.Line($"<li><a href=\"conversations/{plan.ConversationId}.html\"><bdi>{plan.Contact.DisplayName}</bdi></a> <span class=\"number\">{plan.Contact.MaskedNumber}</span><br>");
        output.Line($"<span class=\"hint\">{last} · {text["Archive.Messages", plan.Messages]}</span></li>");
    }

    private static string ReadStyle()
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Archives/archive.css")!);
        return reader.ReadToEnd();
    }
}
