using Munshi.Audit;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;
using Munshi.Workspaces;

namespace Munshi.Import;

/// <summary>Brings an exported chat into the vault, once it is certain when and between whom it was.</summary>
internal sealed class ChatImport(WorkspaceRegistry workspaces, RecordImport records, TimeProvider clock)
{
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

        ExportSurvey survey = ExportSurvey.Of(ExportSurvey.WithoutBareName(export.Read(keepRaw: false, cancellationToken)), export.HasSeconds);
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
        ChatRecords all = new(() => ExportSurvey.WithoutBareName(export.Read(keepRaw: true, cancellationToken)), export, () => export.Problems);
        return await records.RunAsync(clientId, file, all, survey, people, new ExportClock(request.TimeZone), actor, watch, cancellationToken);
    }

    private static string Name(DateOrder order) => order switch
    {
        DateOrder.DayMonthYear => "dmy",
        DateOrder.MonthDayYear => "mdy",
        _ => "ymd",
    };
}
