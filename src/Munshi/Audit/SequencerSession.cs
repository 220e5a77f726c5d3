using System.Data;
using Munshi.Database;
using Munshi.Ledger;
using Npgsql;

namespace Munshi.Audit;

/// <summary>One session of <c>munshi_audit</c> that holds the installation's sequencer lock, with what it knows while it does.</summary>
/// <remarks>Not safe for concurrent use. After any exception it knows nothing for certain: dispose it.</remarks>
internal sealed class SequencerSession : IAsyncDisposable
{
    public const int BatchSize = 5000; // as in take_events.sql

    internal const long AdvisoryLock = 0x4C_45_44_47_45_52; // "LEDGER"
    private const string ReadXmin = "SELECT pg_snapshot_xmin(pg_current_snapshot())";

    /// <summary>A plan made while the tables were small is kept while they grow: nothing may tempt it to read a table whole. JIT compiles what it takes for dear.</summary>
    private static readonly string[] ReadByIndex =
    [
        "SET enable_hashjoin = off",
        "SET enable_mergejoin = off",
        "SET enable_seqscan = off",
        "SET enable_sort = off",
        "SET jit = off",
    ];

    private static readonly string TakeEvents = Sql.Read("Audit/take_events.sql");
    private static readonly string LogHeads = Sql.Read("Audit/log_heads.sql");

    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<Guid, LogHead> _heads = [];
    private SequencerCursor _cursor;

    /// <summary>What was read behind the cursor while the batch before was hashed. Nobody else appends while this session holds the lock.</summary>
    private (ulong Xmin, IReadOnlyList<PendingEvent> Events)? _ahead;

    private SequencerSession(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Every log's head, as last committed.</summary>
    public IReadOnlyDictionary<Guid, LogHead> Heads => _heads;

    /// <summary>A session that holds the lock, or null where another one holds it.</summary>
    public static async Task<SequencerSession?> TryOpenAsync(InstallationDatabase audit, CancellationToken cancellationToken)
    {
        SequencerSession session = new(await audit.OpenSessionAsync(cancellationToken));
        try
        {
            if (await session.TryLockAsync(cancellationToken))
            {
                await session.LoadAsync(cancellationToken);
                return session;
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return null;
    }

    /// <summary>Chains one batch of events and returns it; null where every visible event has its entry. Durable once the task completes.</summary>
    /// <param name="cancellationToken">Honoured until the batch is sent; a commit is not abandoned half-way.</param>
    public async Task<(int Count, IReadOnlyDictionary<Guid, LogHead> Heads)?> ChainAsync(CancellationToken cancellationToken)
    {
        (ulong xmin, IReadOnlyList<PendingEvent> events) = _ahead ?? await TakeAsync(_cursor, cancellationToken);
        _ahead = null;
        SequencerCursor? lastTaken = events.Count == BatchSize ? new SequencerCursor(events[^1].Xid, events[^1].Id) : null;
        SequencerCursor cursor = _cursor.After(lastTaken, xmin);
        if (events.Count == 0)
        {
            _cursor = cursor;
            return null;
        }

        // Behind a cursor on the last event taken lies none of them: the next can be read while these are hashed.
        Task<EntryBatch> chaining = Task.Run(() => new EntryBatch(events, _heads), CancellationToken.None);
        Task<(ulong, IReadOnlyList<PendingEvent>)>? reading = cursor == lastTaken ? TakeAsync(cursor, CancellationToken.None) : null;
        await Task.WhenAll(chaining, reading ?? Task.CompletedTask);
        EntryBatch entries = await chaining;
        (ulong, IReadOnlyList<PendingEvent>)? ahead = reading is null ? null : await reading;
        await WriteAsync(entries, cursor);
        (_cursor, _ahead) = (cursor, ahead);
        foreach ((Guid log, LogHead head) in entries.Heads)
        {
            _heads[log] = head;
        }

        return (events.Count, entries.Heads);
    }

    /// <summary>Gives up the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection.State == ConnectionState.Open)
        {
            try
            {
                await using NpgsqlCommand unlock = new("SELECT pg_advisory_unlock_all()", _connection);
                await unlock.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and the lock with it.
            }
        }

        await _connection.DisposeAsync();
    }

    private async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = _connection.CreateBatch();
        foreach (string setting in ReadByIndex)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        }

        batch.BatchCommands.Add(new Statement("SELECT pg_try_advisory_lock($1)").Long(AdvisoryLock).Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await reader.GetFieldValueAsync<bool>(0, cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = _connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "SELECT xid, id, pg_snapshot_xmin(pg_current_snapshot()) FROM audit.sequencer_cursor"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LogHeads));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        SequencerCursor stored = new(reader.GetFieldValue<ulong>(0), reader.GetInt64(1));
        // A dump loaded into another cluster brings a cursor from that cluster's future: new transactions would lie before it.
        _cursor = stored.Xid <= reader.GetFieldValue<ulong>(2) ? stored : SequencerCursor.Start;
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _heads.Add(reader.GetGuid(0), new LogHead(reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2))));
        }
    }

    /// <remarks>The xmin is of a snapshot before the events' own: too low is safe, too high would lose events.</remarks>
    private async Task<(ulong Xmin, IReadOnlyList<PendingEvent> Events)> TakeAsync(SequencerCursor cursor, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = _connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadXmin));
        batch.BatchCommands.Add(new Statement(TakeEvents).Xid(cursor.Xid).Long(cursor.EventId).Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        ulong xmin = reader.GetFieldValue<ulong>(0);
        await reader.NextResultAsync(cancellationToken);
        return (xmin, await Rows.ReadAsync(reader, ReadEvent, cancellationToken));
    }

    private async Task WriteAsync(EntryBatch entries, SequencerCursor cursor)
    {
        await using NpgsqlBatch batch = _connection.CreateBatch(); // one transaction
        batch.BatchCommands.Add(entries.Insert().Command);
        batch.BatchCommands.Add(
            new Statement("UPDATE audit.sequencer_cursor SET xid = $1, id = $2").Xid(cursor.Xid).Long(cursor.EventId).Command);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static PendingEvent ReadEvent(NpgsqlDataReader reader) => new(
        reader.GetFieldValue<ulong>(0),
        reader.GetInt64(1),
        reader.GetGuid(2),
        reader.GetFieldValue<DateTimeOffset>(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.OrNull<byte[]>(7),
        reader.OrNull<byte[]>(8));
}
