using Munshi.Audit;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;
using Munshi.Workspaces;

namespace Munshi.Import;

/// <summary>Brings an exported chat into the vault: what is new of it, and what it shows to have become of what stood already; in batches of one transaction each.</summary>
internal sealed partial class ChatImport(
    WorkspaceDatabase database, WorkspaceRegistry workspaces, Numbers numbers, ImportedMessages messages, KeptChat chat, TimeProvider clock, ILogger<ChatImport> logger)
{
    /// <summary>The most names that are told of files that are missing.</summary>
    private const int MaxMissing = 10_000;

    /// <summary>No two clocks are further apart; a message of ours may wait a while before it leaves.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromHours(30);

    /// <param name="clientId">The workspace.</param>
    /// <param name="export">Read twice: for who wrote, and for what.</param>
    /// <param name="request">What is asked for beside the file.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellationToken">Honoured between batches; what was written stays, and the next run adds the rest.</param>
    /// <param name="watch">Asked after each batch whether to go on, with how far it is; null to go on.</param>
    public async Task<ImportOutcome> RunAsync(
        Guid clientId, ChatExport export, ImportRequest request, Actor actor, CancellationToken cancellationToken, Func<ImportProgress, Task<bool>>? watch = null)
    {
        if (export.Ground is DateOrderGround.Guessed)
        {
            return new ImportOutcome.Refused(ImportRefusal.DatesUnclear, "The dates of this export can be read in two ways, and what is imported is never changed: say --date-order dmy or mdy.");
        }

        string? digits = request.Contact is null ? null : PhoneDigits.Of(request.Contact);
        if (request.Contact is not null && digits is null)
        {
            return new ImportOutcome.Refused(ImportRefusal.WrongNumber, "The customer's number must be 8 to 15 digits with country code, for example +91 90000 00101.");
        }

        ExportSurvey survey = ExportSurvey.Of(export.Read(keepRaw: false, cancellationToken), export.HasSeconds);
        if (DateOnly.FromDateTime(survey.Newest) > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        {
            return new ImportOutcome.Refused(ImportRefusal.OfTheFuture, FormattableString.Invariant(
                $"The newest message of this export would be of {survey.Newest:d MMMM yyyy}, which has not come yet, and what is imported is never changed: say with --date-order how its dates are written."));
        }

        if (survey.Items is null)
        {
            return new ImportOutcome.Refused(ImportRefusal.TooManyMessages, FormattableString.Invariant(
                $"This export holds more than {ExportSurvey.MostRecords:#,0} messages, and a phone exports 40,000: nothing of it was imported."));
        }

        Participants decided = Participants.Decide(
            survey.Names, request.Business, await workspaces.NameAsync(clientId, cancellationToken), digits, ChatName.Of(request.FileName));
        if (decided is Participants.Undecided undecided)
        {
            return new ImportOutcome.Refused(undecided.Reason, undecided.Sentence);
        }

        Participants.Known people = (Participants.Known)decided;
        digits ??= people.Customer is null ? null : PhoneDigits.Of(people.Customer);
        if (digits is null)
        {
            return new ImportOutcome.Refused(ImportRefusal.NumberMissing, "The export does not hold the customer's number: say it with --contact NUMBER.");
        }

        ImportedFile file = new(
            request.FileName,
            export.Hash(),
            request.TimeZone.Id,
            Name(export.Order),
            digits,
            people.Customer is { } name && PhoneDigits.Of(name) is null ? name : null);
        ImportOutcome outcome = await AddAsync(clientId, export, file, survey, people, request.TimeZone, actor, watch, cancellationToken);
        if (outcome is ImportOutcome.Imported imported)
        {
            Log.Imported(logger, imported.Read, imported.Added, imported.Already, imported.Changed);
        }

        return outcome;
    }

    private async Task<ImportOutcome> AddAsync(
        Guid clientId, ChatExport export, ImportedFile file, ExportSurvey survey, Participants.Known people, TimeZoneInfo zone, Actor actor,
        Func<ImportProgress, Task<bool>>? watch, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid NumberId, Guid AppId)> connected = await numbers.ListAsync(clientId, cancellationToken);
        Guid? numberId = connected.Count == 0 ? null : connected[0].NumberId;
        ImportTurn turn = await database.TransactAsync(clientId, transaction => messages.BeginAsync(transaction, file, actor), cancellationToken);
        ExportClock phone = new(zone);
        IReadOnlyList<KeptMessage> kept = await chat.ReadAsync(
            clientId, turn.ContactId, phone.Instant(survey.Oldest) - Around, phone.Instant(survey.Newest) + Around, cancellationToken);
        ChatMerge merge = new(kept, survey, people, phone);
        (int read, long added, long changed, long media, long omitted) = (0, 0, 0, 0, 0);
        List<string> missing = [];
        foreach (ExportMessage[] chunk in RecordBatches.Of(export.Read(keepRaw: true, cancellationToken)))
        {
            ImportedRecord[] batch = [.. chunk.Select((message, place) => merge.Next(message, read + place))];
            if (!await database.TransactAsync(clientId, transaction => messages.AddAsync(transaction, file, numberId, turn, batch, actor), cancellationToken))
            {
                return new ImportOutcome.Refused(ImportRefusal.Overtaken, "Another import of this chat began meanwhile and goes on; what this one had written stays. Import the file again to have the rest.");
            }

            read += chunk.Length;
            added += batch.Count(record => record.Kept is null);
            changed += batch.Count(record => record.Changes.Count > 0);
            omitted += chunk.Count(message => message.Kind is ExportKind.Media && message.Attachment is null);
            foreach (string name in chunk.Select(message => message.Attachment).OfType<string>())
            {
                if (export.Holds(name))
                {
                    media++;
                }
                else if (missing.Count < MaxMissing)
                {
                    missing.Add(name);
                }
            }

            if (watch is not null && !await watch(new ImportProgress(survey.Items!.Count, read, added)))
            {
                return new ImportOutcome.Stopped();
            }
        }

        return new ImportOutcome.Imported
        {
            Read = read,
            Added = added,
            Already = read - added,
            Changed = changed,
            Shifts = merge.Shifts,
            Media = media,
            MissingMedia = missing,
            OmittedMedia = omitted,
            People = people,
            Problems = export.Problems,
        };
    }

    private static string Name(DateOrder order) => order switch
    {
        DateOrder.DayMonthYear => "dmy",
        DateOrder.MonthDayYear => "mdy",
        _ => "ymd",
    };

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Imported a chat: {Read} records read, {Added} added, {Already} stood already, {Changed} of them changed")]
        public static partial void Imported(ILogger logger, long read, long added, long already, long changed);
    }
}
