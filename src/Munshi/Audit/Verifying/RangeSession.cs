using System.Globalization;
using Munshi.Database;
using Npgsql;

namespace Munshi.Audit.Verifying;

/// <summary>A connection that copies ranges of rows and events out of the database, and the memory that takes them. Not safe for concurrent use.</summary>
internal sealed class RangeSession : IAsyncDisposable
{
    // COPY takes no parameters: they are settings of the session.
    private const string CopyRows =
        """
        COPY (
            SELECT e.seq, e.event_id, e.leaf, e.row_hash FROM ledger.entry e
            WHERE e.client_id = current_setting('munshi.verified_log')::uuid
                AND e.seq BETWEEN current_setting('munshi.verified_first')::bigint AND current_setting('munshi.verified_last')::bigint
            ORDER BY e.seq
        ) TO STDOUT (FORMAT BINARY)
        """;

    private const string CopyEvents =
        """
        COPY (
            SELECT v.id, v.at, v.actor, v.action, v.object, v.commitment, v.ciphertext_hash FROM audit.event v
            WHERE v.client_id = current_setting('munshi.verified_log')::uuid
                AND v.id BETWEEN current_setting('munshi.verified_first')::bigint AND current_setting('munshi.verified_last')::bigint
            ORDER BY v.id
            LIMIT 32768
        ) TO STDOUT (FORMAT BINARY)
        """;

    private const string CopySomeEvents =
        """
        COPY (
            SELECT v.id, v.at, v.actor, v.action, v.object, v.commitment, v.ciphertext_hash FROM audit.event v
            WHERE v.client_id = current_setting('munshi.verified_log')::uuid
                AND v.id = ANY (current_setting('munshi.verified_events')::bigint[])
        ) TO STDOUT (FORMAT BINARY)
        """;

    /// <summary>Events of a range that are read at once, as in <see cref="CopyEvents"/>: a log may have any number that have no row.</summary>
    public const int MostEvents = 2 * LogRange.Rows;

    // Of tables that grew since the last ANALYZE the planner would read and sort all that is left, for every range.
    private const string Prepare = "SET enable_bitmapscan = off; SET enable_seqscan = off; SET enable_sort = off; SET max_parallel_workers_per_gather = 0";

    private const string SetRange =
        "SELECT set_config('munshi.verified_log', $1::uuid::text, false), set_config('munshi.verified_first', $2::bigint::text, false), set_config('munshi.verified_last', $3::bigint::text, false)";

    private const string SetEvents = "SELECT set_config('munshi.verified_log', $1::uuid::text, false), set_config('munshi.verified_events', $2::text, false)";

    private const int LeastRoom = 64 * 1024;

    private readonly NpgsqlConnection _session;
    private byte[] _rows = new byte[1024 * 1024];
    private byte[] _events = new byte[1024 * 1024];

    private RangeSession(NpgsqlConnection session) => _session = session;

    /// <summary>What a range's rows turned out to be.</summary>
    public List<RangeRow> Rows { get; } = [];

    /// <summary>Where the rows of events that are looked for stand in <see cref="Rows"/>.</summary>
    public Dictionary<long, int> Places { get; } = [];

    /// <summary>Rows whose event has another row in the range.</summary>
    public List<int> Repeated { get; } = [];

    public static async Task<RangeSession> OpenAsync(InstallationDatabase database, CancellationToken cancellationToken)
    {
        RangeSession session = new(await database.OpenSessionAsync(cancellationToken));
        try
        {
            await using NpgsqlCommand settings = new(Prepare, session._session);
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets the range before.</summary>
    public void Clear()
    {
        Rows.Clear();
        Places.Clear();
        Repeated.Clear();
    }

    /// <summary>The range's rows: seq, event_id, leaf, row_hash. Good until the next call.</summary>
    public ReadOnlySpan<byte> ReadRows(LogRange range)
    {
        Set(new Statement(SetRange).Uuid(range.Log).Long(range.First).Long(range.Last));
        return Copy(CopyRows, ref _rows);
    }

    /// <summary>The first <see cref="MostEvents"/> of the range's events from a number on, as <see cref="EventRow"/> reads them. Good until the next call for events.</summary>
    public ReadOnlySpan<byte> ReadEvents(LogRange range, long first)
    {
        Set(new Statement(SetRange).Uuid(range.Log).Long(first).Long(range.LastEvent));
        return Copy(CopyEvents, ref _events);
    }

    /// <summary>Those of these events that there are. Good until the next call for events.</summary>
    public ReadOnlySpan<byte> ReadEvents(Guid log, IEnumerable<long> ids)
    {
        string array = $"{{{string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}}}";
        Set(new Statement(SetEvents).Uuid(log).Text(array));
        return Copy(CopySomeEvents, ref _events);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private void Set(Statement statement)
    {
        using NpgsqlBatch batch = _session.CreateBatch();
        batch.BatchCommands.Add(statement.Command);
        batch.ExecuteNonQuery();
    }

    private Span<byte> Copy(string command, ref byte[] buffer)
    {
        using NpgsqlRawCopyStream stream = _session.BeginRawBinaryCopy(command);
        int length = 0;
        for (int read = -1; read != 0; length += read)
        {
            if (buffer.Length - length < LeastRoom)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            read = stream.Read(buffer.AsSpan(length));
        }

        return buffer.AsSpan(0, length);
    }
}
