using Munshi.Audit;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Media.Importing;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Brings a chat's records into the vault: what is new of them, and what they show to have become of what stood already; in batches of one transaction each.</summary>
internal sealed partial class RecordImport(
    WorkspaceDatabase database, Numbers numbers, ImportedMessages messages, ImportedFiles files, KeptChat chat, ILogger<RecordImport> logger)
{
    /// <summary>No two clocks are further apart; a message of ours may wait a while before it leaves.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromHours(30);

    /// <param name="clientId">The workspace.</param>
    /// <param name="file">Where they come from.</param>
    /// <param name="records">Read once, or twice where an earlier file of the chat ended in the middle of a line.</param>
    /// <param name="survey">Of the same records.</param>
    /// <param name="people">Who is who in them.</param>
    /// <param name="phone">What their times mean.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="watch">Asked after each batch whether to go on, with how far it is; null to go on.</param>
    /// <param name="cancellationToken">Honoured between batches and files; what was written stays, and the next run adds the rest.</param>
    public async Task<ImportOutcome> RunAsync(
        Guid clientId, ImportedFile file, ChatRecords records, ExportSurvey survey, Participants.Known people, ExportClock phone, Actor actor,
        Func<ImportProgress, Task<bool>>? watch, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid NumberId, Guid AppId)> connected = await numbers.ListAsync(clientId, cancellationToken);
        Guid? numberId = connected.Count == 0 ? null : connected[0].NumberId;
        ImportTurn turn = await database.TransactAsync(clientId, transaction => messages.BeginAsync(transaction, file, actor), cancellationToken);
        IReadOnlyList<KeptMessage> kept = await chat.ReadAsync(
            clientId, turn.ContactId, phone.Instant(survey.Oldest) - Around, phone.Instant(survey.Newest) + Around, survey.Cut, cancellationToken);
        ChatMerge merge = new(kept, survey.Completing(records.Read(), [.. kept.Select(message => message.Cut).OfType<string>()]), people, phone);
        AttachedFiles attached = new(files, clientId, records.Files, actor);
        (int read, long added, long changed, long omitted) = (0, 0, 0, 0);
        foreach (ExportMessage[] chunk in RecordBatches.Of(records.Read()))
        {
            ImportedRecord[] batch = [.. chunk.Select((message, place) => merge.Next(message, read + place))];
            if (await database.TransactAsync(clientId, transaction => messages.AddAsync(transaction, file, numberId, turn, batch, actor), cancellationToken) is not { } written)
            {
                return new ImportOutcome.Refused(ImportRefusal.Overtaken, "Another import of this chat began meanwhile and goes on, or its customer was joined with another or separated; what this one had written stays. Import the file again to have the rest.");
            }

            read += chunk.Length;
            added += batch.Count(record => record.Kept is null);
            changed += batch.Count(record => record.Kept is not null && record.Changes.Count > 0);
            omitted += chunk.Count(message => message.Kind is ExportKind.Media && message.Attachment is null);
            ImportProgress progress = new(survey.Items!.Count, read, added);
            if (!await attached.AddAsync(written, batch, chunk, GoOnAsync, cancellationToken) || !await GoOnAsync())
            {
                return new ImportOutcome.Stopped();
            }

            Task<bool> GoOnAsync() => watch is null ? Task.FromResult(true) : watch(progress with { Files = attached.Kept, FilesRefused = attached.Refused.Count });
        }

        Log.Imported(logger, read, added, read - added, changed);
        return new ImportOutcome.Imported
        {
            Read = read,
            Added = added,
            Already = read - added,
            Changed = changed,
            Shifts = merge.Shifts,
            Media = attached.Held,
            KeptMedia = attached.Kept,
            RefusedMedia = attached.Refused,
            MissingMedia = attached.Missing,
            OmittedMedia = omitted,
            People = people,
            Problems = records.Problems(),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Imported a chat: {Read} records read, {Added} added, {Already} stood already, {Changed} of them changed")]
        public static partial void Imported(ILogger logger, long read, long added, long already, long changed);
    }
}
