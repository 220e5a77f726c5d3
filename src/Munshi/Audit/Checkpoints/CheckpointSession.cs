using System.Text;
using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Checkpoints;

/// <summary>One session of <c>munshi_audit</c> that holds the installation's signing lock, with what it knows while it does.</summary>
/// <remarks>Not safe for concurrent use. After any exception it knows nothing for certain: dispose it.</remarks>
internal sealed class CheckpointSession : IAsyncDisposable
{
    internal const long AdvisoryLock = 0x53_49_47_4E_45_52; // "SIGNER"
    private static readonly TimeSpan MostCorrected = TimeSpan.FromMinutes(1);

    private const int MostRowsALog = 20_000;
    private const int MostRowsATick = 100_000;

    private const string InsertCheckpoint =
        "INSERT INTO ledger.checkpoint (client_id, size, root, note, tick, place, salt, path) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string InsertInstanceCheckpoint = "INSERT INTO ledger.instance_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)";

    private const string InsertPlaces =
        """
        INSERT INTO ledger.place (client_id, object, seq)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])
        ON CONFLICT DO NOTHING
        """;

    private const string Message = "message:";

    private const string ReadPublished = "SELECT note FROM ledger.instance_checkpoint WHERE size = $1";

    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");
    private static readonly string ReadSigned = Sql.Read("Audit/Checkpoints/last_checkpoints.sql");

    private readonly NpgsqlConnection _connection;
    private readonly InstallationDatabase _database;
    private readonly LedgerIdentity _identity;
    private readonly InstanceCheckpointFile _file;
    private readonly LeafJournal _journal;
    private readonly TimeProvider _clock;
    private readonly Dictionary<Guid, LogTree> _trees = [];
    private readonly Dictionary<Guid, (long Size, Digest Root)> _signed = [];
    private InstanceLog _instance = null!;
    private byte[]? _signedNote;
    private DateTimeOffset _last;

    private CheckpointSession(
        NpgsqlConnection connection, InstallationDatabase database, LedgerIdentity identity, InstanceCheckpointFile file, LeafJournal journal, TimeProvider clock)
    {
        (_connection, _database, _identity, _file, _journal, _clock) = (connection, database, identity, file, journal, clock);
    }

    /// <summary>A session that holds the lock, or null where another one holds it.</summary>
    /// <exception cref="SigningRefusedException">What is stored is not what was signed.</exception>
    public static async Task<CheckpointSession?> TryOpenAsync(
        InstallationDatabase database, LedgerIdentity identity, InstanceCheckpointFile file, LeafJournal journal, TimeProvider clock, CancellationToken cancellationToken)
    {
        CheckpointSession session = new(await database.OpenSessionAsync(cancellationToken), database, identity, file, journal, clock);
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

    /// <summary>The last checkpoint of the instance log that was published; the empty tree's, signed, where none was.</summary>
    public async Task<PublishedNote> PublishedAsync(CancellationToken cancellationToken) => _instance.Published == 0
        ? PublishedNote.Of(_identity.Sign(_identity.Origin, 0, Checkpoint.EmptyRoot))
        : PublishedNote.Of(Encoding.UTF8.GetBytes(await _database.RowAsync(
            new Statement(ReadPublished).Long(_instance.Published), reader => reader.GetString(0), cancellationToken) ?? ""));

    /// <summary>Signs where the logs stand, if one grew, if a checkpoint was left unpublished, or if it is time.</summary>
    /// <param name="idle">How long nothing need be signed while no log grows.</param>
    /// <param name="cancellationToken">Honoured until the tick is stored; a signature is not left half-way.</param>
    /// <exception cref="SigningRefusedException">What is stored is not what was signed.</exception>
    public async Task<TickOutcome> TickAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        if (_instance.Published < _instance.Size)
        {
            return await PublishAsync(isBehind: true);
        }

        List<StoredBlock> blocks = [];
        List<(Guid Log, Guid Message, long Seq)> places = [];
        (IReadOnlyList<Guid> grown, bool isBehind) = await FollowAsync(blocks, places, cancellationToken);
        if (grown.Count == 0 && (_signed.Count == 0 || _clock.GetUtcNow() - _last < idle))
        {
            return new TickOutcome.Idle();
        }

        _journal.Flush(); // leaves are kept before what covers them is signed
        await StoreAsync(grown, blocks, places);
        return await PublishAsync(isBehind);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_connection.State == System.Data.ConnectionState.Open)
            {
                await using NpgsqlCommand unlock = new("SELECT pg_advisory_unlock_all()", _connection);
                await unlock.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the lock with it.
        }

        await _connection.DisposeAsync();
    }

    private async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = _connection.CreateBatch();
        batch.BatchCommands.Add(new Statement("SELECT pg_try_advisory_lock($1)").Long(AdvisoryLock).Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return await reader.GetFieldValueAsync<bool>(0, cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        _signedNote = _file.Read();
        _instance = await InstanceLog.RestoreAsync(_database, _signedNote, _identity.VerifierKey, cancellationToken);
        foreach ((Guid log, long size, byte[] root) in await _database.RowsAsync(
            new Statement(ReadSigned), reader => (reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)), cancellationToken))
        {
            _signed[log] = (size, new Digest(root));
        }

        foreach (byte[] leaf in await InstanceLog.LeavesAsync(_database, _instance.Published, cancellationToken))
        {
            _journal.Append(leaf); // stored, and perhaps not kept before a crash
        }

        _journal.Flush();
    }

    private async Task<(IReadOnlyList<Guid> Grown, bool IsBehind)> FollowAsync(
        List<StoredBlock> blocks, List<(Guid Log, Guid Message, long Seq)> places, CancellationToken cancellationToken)
    {
        Dictionary<Guid, long> sizes = [];
        foreach ((Guid log, long seq) in await _database.RowsAsync(
            new Statement(ReadHeads), reader => (reader.GetGuid(0), reader.GetInt64(1)), cancellationToken))
        {
            sizes[log] = seq + 1;
        }

        foreach ((Guid log, (long size, _)) in _signed)
        {
            if (!sizes.TryGetValue(log, out long found) || found < size)
            {
                throw new SigningRefusedException($"log {log}: {size} rows were signed, and {found} are stored");
            }
        }

        List<Guid> grown = [];
        bool isBehind = false;
        int room = MostRowsATick;
        foreach ((Guid log, long size) in sizes)
        {
            (long signedSize, Digest root) = _signed.GetValueOrDefault(log);
            if (size == signedSize)
            {
                continue;
            }

            if (room <= 0)
            {
                isBehind = true;
                break;
            }

            if (!_trees.TryGetValue(log, out LogTree? tree))
            {
                tree = await LogTree.RestoreAsync(_database, log, signedSize, root, cancellationToken);
                _trees.Add(log, tree);
            }

            room -= await tree.FollowAsync(_database, Math.Min(room, MostRowsALog), Keep, blocks, cancellationToken);
            isBehind |= tree.Size < size;
            grown.Add(log);
        }

        return (grown, isBehind);

        void Keep(byte[] stored, LedgerLeaf leaf)
        {
            _journal.Append(stored);
            if (leaf.Target.StartsWith(Message, StringComparison.Ordinal) && Guid.TryParseExact(leaf.Target.AsSpan(Message.Length), "D", out Guid message))
            {
                places.Add((leaf.Log, message, leaf.Seq));
            }
        }
    }

    private async Task StoreAsync(IReadOnlyList<Guid> grown, List<StoredBlock> blocks, List<(Guid Log, Guid Message, long Seq)> found)
    {
        long tick = _instance.Size;
        foreach (Guid log in grown)
        {
            _signed[log] = (_trees[log].Size, _trees[log].Root());
        }

        Guid[] places = [.. _signed.Keys.Order()];
        HeadsTree heads = new(
            [.. places.Select(log => new CommittedHead(_identity.OriginOf(log), _signed[log].Size, _signed[log].Root).Commit(_identity.Salt(log, tick)))],
            place => _identity.Filler(place, tick));
        DateTimeOffset now = Now();
        List<Statement> statements = [];
        if (blocks.Count > 0)
        {
            statements.Add(TreeRows.Insert(blocks));
        }

        if (found.Count > 0)
        {
            (Guid Log, Guid Message, long Seq)[] first = [.. found.DistinctBy(one => (one.Log, one.Message))];
            statements.Add(new Statement(InsertPlaces)
                .Uuids([.. first.Select(one => one.Log)])
                .Uuids([.. first.Select(one => one.Message)])
                .Longs([.. first.Select(one => one.Seq)]));
        }

        HashSet<Guid> changed = [.. grown];
        for (int place = 0; place < places.Length; place++)
        {
            if (changed.Contains(places[place]))
            {
                statements.Add(InsertOf(places[place], tick, place, heads.Path(place)));
            }
        }

        statements.AddRange(_instance.Append(new TickLeaf(_identity.Origin, tick, now, heads.Root, _instance.Last)));
        await _database.ExecuteAsync(statements, CancellationToken.None);
        foreach (byte[] leaf in await InstanceLog.LeavesAsync(_database, tick, CancellationToken.None))
        {
            _journal.Append(leaf);
        }

        _journal.Flush();
    }

    /// <summary>Never before the last tick; a clock that was set back further than clocks are corrected is not signed by.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = _clock.GetMicrosecondNow();
        if (_instance.LastTime - now > MostCorrected)
        {
            throw new SigningRefusedException(
                $"the clock says {LedgerTime.Format(now)}, before the last signed tick at {LedgerTime.Format(_instance.LastTime)}: it was set back");
        }

        return now > _instance.LastTime ? now : _instance.LastTime;
    }

    private Statement InsertOf(Guid log, long tick, int place, Digest[] path)
    {
        (long size, Digest root) = _signed[log];
        byte[] hashes = new byte[path.Length * Digest.Length];
        for (int i = 0; i < path.Length; i++)
        {
            path[i].CopyTo(hashes.AsSpan(i * Digest.Length));
        }

        return new Statement(InsertCheckpoint)
            .Uuid(log).Long(size).Bytes(root.ToArray())
            .Text(_identity.Sign(_identity.OriginOf(log), size, root).ToString())
            .Long(tick).Int(place).Bytes(_identity.Salt(log, tick)).Bytes(hashes);
    }

    private async Task<TickOutcome> PublishAsync(bool isBehind)
    {
        Digest root = _instance.Root();
        SignedNote note = _identity.Sign(_identity.Origin, _instance.Size, root);
        byte[] encoded = note.Encode();
        if (!_file.Replace(_signedNote, encoded))
        {
            throw new SigningRefusedException("instance log: checkpoints/instance.checkpoint was replaced by somebody else");
        }

        _signedNote = encoded;
        _last = _clock.GetMicrosecondNow();
        await _database.ExecuteAsync(
            [new Statement(InsertInstanceCheckpoint).Long(_instance.Size).Bytes(root.ToArray()).Text(Encoding.UTF8.GetString(encoded)).Time(_last)],
            CancellationToken.None);
        _instance.Publish();
        return new TickOutcome.Published(_instance.Size, encoded, isBehind);
    }
}
