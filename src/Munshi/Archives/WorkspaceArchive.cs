using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Munshi.Archives.Data;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.Audit.Proving;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;
using Munshi.Workspaces;

namespace Munshi.Archives;

/// <summary>Writes everything of one workspace as a directory that opens and proves itself without Munshi: <c>docs/data-format.md</c>, "Workspace archive".</summary>
/// <remarks>
/// Written as it is read, a page at a time, beside a working server; memory does not grow with the workspace but by the names of the files in one folder. The ledger comes
/// first, and what others refer to after them, so that nothing is referred to that is not there. The note comes last and the directory gets its name after that.
/// </remarks>
internal sealed class WorkspaceArchive(
    WorkspaceDatabase database,
    WorkspaceRegistry workspaces,
    LedgerExport ledger,
    SignedEntries entries,
    LogAttester attester,
    DeletedWords deleted,
    MessageData messages,
    FileData files,
    ConversationData conversations,
    PeopleData people,
    ImportData imports,
    AnswerData answers,
    ArchivePages pages,
    TimeProvider clock)
{
    /// <summary>So often customers are written, at most, until none were joined or separated meanwhile.</summary>
    private const int MostPasses = 5;

    /// <summary>That it was asked for is recorded before the first byte.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="slug">Its handle.</param>
    /// <param name="directory">New or empty; nothing stands there where the outcome is another than <see cref="ArchiveOutcome.Written"/>.</param>
    /// <param name="progress">Gets a line a second.</param>
    /// <param name="cancellationToken">Honoured between pages.</param>
    /// <exception cref="RefusalException">It cannot be written there.</exception>
    public async Task<ArchiveOutcome> WriteAsync(Guid clientId, string slug, string directory, TextWriter progress, CancellationToken cancellationToken)
    {
        StoredCheckpoint? checkpoint = await entries.NewestAsync(clientId, cancellationToken);
        if (checkpoint is null || attester.KeyOf(checkpoint.Note) is not { } key)
        {
            return new ArchiveOutcome.Unsigned();
        }

        using ExportFolder folder = ExportFolder.Create(directory);
        DateTimeOffset now = clock.GetMicrosecondNow();
        await database.ExecuteAsync(
            clientId, [AuditTrail.Statement(clientId, new AuditEvent(Actor.Operator, "workspace.exported", "workspace", clientId, now))], cancellationToken);
        ArchiveRun run = new(clientId, now, folder, new ExportProgress(progress, clock));
        ExportOutcome outcome = await ledger.WriteAsync(
            clientId, folder.PathOf("ledger"), (kind, ids, token) => deleted.OfAsync(clientId, kind, ids, token), progress, cancellationToken);
        if (outcome is not ExportOutcome.Written evidence)
        {
            return outcome is ExportOutcome.Incomplete incomplete ? new ArchiveOutcome.Incomplete(incomplete.Reason) : new ArchiveOutcome.Unsigned();
        }

        await files.WriteAsync(run, cancellationToken);
        await imports.WriteAsync(run, cancellationToken);
        await messages.WriteAsync(run, cancellationToken);
        await WriteCustomersAsync(run, cancellationToken);
        await answers.WriteAsync(run, cancellationToken);
        string name = await workspaces.NameAsync(clientId, cancellationToken);
        WriteWorkspace(run, slug, name);
        long read = await pages.WriteAsync(run, name, checkpoint, key, cancellationToken);
        folder.Write("README.txt", Encoding.UTF8.GetBytes(Readme(run, key)));
        (long count, Digest hash) = await ArchiveManifest.WriteAsync(folder, run.Progress, cancellationToken);
        SignedNote note = attester.Attest(key, new ArchiveSeal(clientId, now, count, hash).Encode());
        folder.Write(ArchiveFiles.Note, Encoding.UTF8.GetBytes(note.ToString()));
        folder.Complete();
        return new ArchiveOutcome.Written(run.Lines, read, count, run.LostFiles.Count, evidence);
    }

    /// <summary>Anew where customers were joined or separated meanwhile: a conversation would stand under one of them, and whom it is with under the other.</summary>
    /// <exception cref="RefusalException">They were so again and again.</exception>
    private async Task WriteCustomersAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        long before = await people.CountEventsAsync(run.ClientId, cancellationToken);
        for (int pass = 0; pass < MostPasses; pass++)
        {
            await conversations.WriteAsync(run, cancellationToken);
            await people.WriteAsync(run, cancellationToken);
            long after = await people.CountEventsAsync(run.ClientId, cancellationToken);
            if (after == before)
            {
                return;
            }

            before = after;
            run.Progress.Say("Customers were joined or separated meanwhile: they are written again.");
        }

        throw new RefusalException("Customers were joined or separated again and again while the archive was written. Nothing was finished; the same command begins anew when it is quieter.");
    }

    private static void WriteWorkspace(ArchiveRun run, string slug, string name)
    {
        using JsonLines lines = new(run.Folder, "workspace");
        lines.Write(new DataLine(run.ClientId, (Utf8JsonWriter json) =>
        {
            json.Id("id", run.ClientId);
            json.WriteString("handle", slug);
            json.WriteString("name", name);
            json.Time("exportedAt", run.At);
        }));
        run.Lines.Add("workspace", lines.Count);
    }

    private static string Readme(ArchiveRun run, VerifierKey key)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream("Archives/README.txt")!, Encoding.UTF8);
        return reader.ReadToEnd()
            .Replace("{time}", LedgerTime.Format(run.At), StringComparison.Ordinal)
            .Replace("{key}", key.ToString(), StringComparison.Ordinal)
            .Replace("{lines}", string.Join('\n', run.Lines.Select(file => string.Create(CultureInfo.InvariantCulture, $"  data/{file.Key + ".jsonl",-28}{file.Value,10} lines"))), StringComparison.Ordinal);
    }
}
