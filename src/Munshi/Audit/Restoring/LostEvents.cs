using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>Numbers below zero, for rows without an event: no event ever had one.</summary>
internal static class LostEvents
{
    private const string ReadLowest = "SELECT least(coalesce(min(event_id), 0), 0) FROM ledger.entry";

    /// <summary>The highest that is free; so is every one below it.</summary>
    public static async Task<long> NextAsync(InstallationDatabase database, CancellationToken cancellationToken) =>
        await database.RowAsync(new Statement(ReadLowest), reader => reader.GetInt64(0), cancellationToken) - 1;
}
