using Munshi.Audit;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Vault;
using Munshi.WhatsApp.Exports;
using Munshi.Workspaces;

namespace Munshi.Import;

/// <summary>Brings an exported chat into the vault, in batches of one transaction each.</summary>
internal sealed partial class ChatImport(
    WorkspaceDatabase database, WorkspaceRegistry workspaces, Numbers numbers, ImportedMessages messages, TimeProvider clock, ILogger<ChatImport> logger)
{
    /// <summary>The most names that are told of files that are missing.</summary>
    private const int MaxMissing = 10_000;

    /// <param name="clientId">The workspace.</param>
    /// <param name="export">Read twice: for who wrote, and for what.</param>
    /// <param name="request">What is asked for beside the file.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellationToken">Honoured between batches; what was written stays, and the next run adds the rest.</param>
    public async Task<ImportOutcome> RunAsync(
        Guid clientId, ChatExport export, ImportRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (export.Ground is DateOrderGround.Guessed)
        {
            return new ImportOutcome.Refused("The dates of this export can be read in two ways, and what is imported is never changed: say --date-order dmy or mdy.");
        }

        string? digits = request.Contact is null ? null : PhoneDigits.Of(request.Contact);
        if (request.Contact is not null && digits is null)
        {
            return new ImportOutcome.Refused("The customer's number must be 8 to 15 digits with country code, for example +91 90000 00101.");
        }

        ExportSurvey survey = ExportSurvey.Of(export.Read(keepRaw: false, cancellationToken));
        if (DateOnly.FromDateTime(survey.Newest) > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        {
            return new ImportOutcome.Refused(FormattableString.Invariant(
                $"The newest message of this export would be of {survey.Newest:d MMMM yyyy}, which has not come yet, and what is imported is never changed: say with --date-order how its dates are written."));
        }

        Participants decided = Participants.Decide(
            survey.Names, request.Business, await workspaces.NameAsync(clientId, cancellationToken), digits, ChatName.Of(request.FileName));
        if (decided is Participants.Undecided undecided)
        {
            return new ImportOutcome.Refused(undecided.Sentence);
        }

        Participants.Known people = (Participants.Known)decided;
        digits ??= people.Customer is null ? null : PhoneDigits.Of(people.Customer);
        if (digits is null)
        {
            return new ImportOutcome.Refused("The export does not hold the customer's number: say it with --contact NUMBER.");
        }

        ImportedFile file = new(
            request.FileName,
            export.Hash(),
            request.TimeZone.Id,
            Name(export.Order),
            digits,
            people.Customer is { } name && PhoneDigits.Of(name) is null ? name : null);
        ImportOutcome.Imported imported = await AddAsync(clientId, export, file, people, request.TimeZone, actor, cancellationToken);
        Log.Imported(logger, imported.Read, imported.Added, imported.Already);
        return imported;
    }

    private async Task<ImportOutcome.Imported> AddAsync(
        Guid clientId, ChatExport export, ImportedFile file, Participants.Known people, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid NumberId, Guid AppId)> connected = await numbers.ListAsync(clientId, cancellationToken);
        Guid? numberId = connected.Count == 0 ? null : connected[0].NumberId;
        RecordConversion conversion = new(people.Customer, zone);
        (long read, long added, long media, long omitted) = (0, 0, 0, 0);
        List<string> missing = [];
        foreach (ExportMessage[] chunk in RecordBatches.Of(export.Read(keepRaw: true, cancellationToken)))
        {
            ImportedMessage[] batch = [.. chunk.Select(conversion.Next)];
            added += await database.TransactAsync(
                clientId, transaction => messages.AddAsync(transaction, file, numberId, batch, actor), cancellationToken);
            read += chunk.Length;
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
        }

        return new ImportOutcome.Imported
        {
            Read = read,
            Added = added,
            Already = read - added,
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
        [LoggerMessage(3001, LogLevel.Information, "Imported a chat: {Read} records read, {Added} added, {Already} stood already")]
        public static partial void Imported(ILogger logger, long read, long added, long already);
    }
}
