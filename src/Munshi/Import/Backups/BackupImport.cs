using Munshi.Audit;
using Munshi.Vault.Importing;

namespace Munshi.Import.Backups;

/// <summary>Brings one person's chat out of a backup into the vault, aligned with what is kept exactly as an export is. Its times are instants, and it tells who is who.</summary>
internal sealed class BackupImport(RecordImport records, TimeProvider clock)
{
    private const string TimeZone = "Etc/UTC";
    private const string DateOrder = "ymd";

    /// <param name="clientId">The workspace.</param>
    /// <param name="backup">Read twice: for how much there is, and for what.</param>
    /// <param name="choice">Whose chats.</param>
    /// <param name="fileName">Without a path.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellationToken">Honoured between batches; what was written stays, and the next run adds the rest.</param>
    /// <exception cref="BackupDamagedException">The backup cannot be read.</exception>
    public async Task<(ImportOutcome Outcome, IReadOnlyList<BackupProblem> Problems)> RunAsync(
        Guid clientId, ChatBackup backup, BackupChoice.Chosen choice, string fileName, Actor actor, CancellationToken cancellationToken)
    {
        if (choice.Digits is null)
        {
            return (new ImportOutcome.Refused(ImportRefusal.NumberMissing, "The backup does not hold the customer's number: say it with --contact NUMBER."), []);
        }

        PersonsMessages person = backup.Of(choice.Chats);
        ExportSurvey survey = ExportSurvey.Of(person.Read(), hasSeconds: true);
        if (survey.Items is null)
        {
            return (new ImportOutcome.Refused(ImportRefusal.TooManyMessages, FormattableString.Invariant(
                $"This chat holds more than {ExportSurvey.MostRecords:#,0} messages: nothing of it was imported.")), []);
        }

        if (survey.Names.Count == 0)
        {
            return (new ImportOutcome.Refused(ImportRefusal.NobodyWrote, "Nobody wrote in this chat; there is nothing to import."), []);
        }

        if (DateOnly.FromDateTime(survey.Newest) > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
        {
            return (new ImportOutcome.Refused(ImportRefusal.OfTheFuture, FormattableString.Invariant(
                $"The newest message of this chat would be of {survey.Newest:d MMMM yyyy}, which has not come yet, and what is imported is never changed: look at the phone's clock and make a new backup.")), []);
        }

        ImportedFile file = new(fileName, backup.Hash, TimeZone, DateOrder, choice.Digits, person.Name) { Part = string.Join(',', choice.Chats.Select(chat => chat.Id).Order()) };
        ChatRecords all = new(person.Read, Files: null, () => []);
        ImportOutcome outcome = await records.RunAsync(clientId, file, all, survey, person.People, new ExportClock(TimeZoneInfo.Utc), actor, watch: null, cancellationToken);
        return (outcome, person.Problems);
    }
}
