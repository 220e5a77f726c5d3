using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Import;
using Munshi.WhatsApp.Exports;

namespace Munshi.Bench.Groups;

/// <summary>An exported chat brought into the vault as <c>munshi chat import</c> does it.</summary>
internal static class ImportedChat
{
    /// <exception cref="InvalidOperationException">Not every message was added.</exception>
    public static Task AddAsync(Installation installation, Guid clientId, string path, string contact, int messages, CancellationToken cancellationToken) =>
        AddAsync(installation, clientId, path, contact, messages, messages, cancellationToken);

    /// <exception cref="InvalidOperationException">Not so many were read, or not so many of them added.</exception>
    public static async Task AddAsync(Installation installation, Guid clientId, string path, string contact, int messages, int added, CancellationToken cancellationToken)
    {
        DateOnly latest = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
        if (ChatExport.Open(path, DateOrder.DayMonthYear, latest, cancellationToken) is not ExportOpening.Opened { Export: { } export })
        {
            throw new InvalidOperationException("The chat is not read as an export.");
        }

        using (export)
        {
            ImportRequest request = new(Path.GetFileName(path), contact, RunningMunshi.Business, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
            ImportOutcome outcome = await installation.Get<ChatImport>().RunAsync(clientId, export, request, Actor.Operator, cancellationToken);
            if (outcome is not ImportOutcome.Imported imported || imported.Read != messages || imported.Added != added)
            {
                throw new InvalidOperationException($"The chat was not imported whole: {(outcome as ImportOutcome.Refused)?.Sentence}");
            }
        }
    }
}
