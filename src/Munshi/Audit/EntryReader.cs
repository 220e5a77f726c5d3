using Munshi.Database;
using Npgsql;

namespace Munshi.Audit;

/// <summary>One log's rows by number, range after range.</summary>
internal sealed class EntryReader : IAsyncDisposable
{
    private static readonly string ReadEntries = Sql.Read("Audit/verify_entries.sql");

    private readonly NpgsqlConnection _session;

    private EntryReader(NpgsqlConnection session) => _session = session;

    public static async Task<EntryReader> OpenAsync(InstallationDatabase database, CancellationToken cancellationToken)
    {
        EntryReader reader = new(await database.OpenSessionAsync(cancellationToken));
        try
        {
            // Of a log that grew since the last ANALYZE the planner would read and sort all that is left, for every range.
            await using NpgsqlCommand settings = new("SET enable_bitmapscan = off", reader._session);
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows that follow a number, at most 5,000; none at the log's end.</summary>
    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(Guid log, long after, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = _session.CreateBatch();
        batch.BatchCommands.Add(new Statement(ReadEntries).Uuid(log).Long(after).Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await Rows.ReadAsync(reader, StoredEntry.Read, cancellationToken);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
