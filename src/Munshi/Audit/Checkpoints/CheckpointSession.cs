using System.Text;
using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;
using Npgsql;

namespace Munshi.Audit.Checkpoints;

/// <summary>One session of <c>munshi_audit</c> that holds the installation's signing lock, with what it knows while it does.</summary>
/// <remarks>Not safe for concurrent use. After any exception it knows nothing for certain: dispose it.</remarks>
internal sealed class CheckpointSession : IAsyncDisposable
{
    internal const long AdvisoryLock = 0x53_49_47_4E_45_52; // "SIGNER"

    private const string InsertInstanceCheckpoint = "INSERT INTO ledger.instance_checkpoint (size, root, note, at, frontier) VALUES ($1, $2, $3, $4, $5)";

    private const string ReadPublished = "SELECT note FROM ledger.instance_checkpoint WHERE size = $1";

    private readonly NpgsqlConnection _connection;
    private readonly InstallationDatabase _database;
    private readonly LedgerIdentity _identity;
    private readonly InstanceCheckpointFile _file;
    private readonly LeafJournal _journal;
    private readonly TimeProvider _clock;
    private readonly LogFollower _logs;
    private readonly TickWriter _writer;
    private InstanceLog _instance = null!;
    private byte[]? _signedNote;
    private DateTimeOffset _last;

    private CheckpointSession(
        NpgsqlConnection connection, InstallationDatabase database, LedgerIdentity identity, InstanceCheckpointFile file, LeafJournal journal, TimeProvider clock)
    {
        (_connection, _database, _identity, _file, _journal, _clock) = (connection, database, identity, file, journal, clock);
        _logs = new LogFollower(database, journal);
        _writer = new TickWriter(database, identity, clock);
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

        FollowedRows followed = await _logs.FollowAsync(cancellationToken);
        if (followed.Grown.Count == 0 && (_logs.IsEmpty || _clock.GetUtcNow() - _last < idle))
        {
            return new TickOutcome.Idle();
        }

        _journal.Flush(); // leaves are kept before what covers them is signed
        long tick = _instance.Size;
        await _writer.StoreAsync(followed, _instance);
        await KeepTicksAsync(tick, CancellationToken.None);
        return await PublishAsync(followed.IsBehind);
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
        await _logs.LoadAsync(cancellationToken);
        await KeepTicksAsync(_instance.Published, cancellationToken); // stored, and perhaps not kept before a crash
    }

    /// <summary>Keeps the ticks from a number on outside the database, durably.</summary>
    private async Task KeepTicksAsync(long from, CancellationToken cancellationToken)
    {
        foreach (byte[] leaf in await InstanceLog.LeavesAsync(_database, from, cancellationToken))
        {
            _journal.Append(leaf);
        }

        _journal.Flush();
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
            [new Statement(InsertInstanceCheckpoint).Long(_instance.Size).Bytes(root.ToArray()).Text(Encoding.UTF8.GetString(encoded)).Time(_last)
                .Bytes(SignedFrontier.Encode(_instance.Frontier()))],
            CancellationToken.None);
        _instance.Publish();
        return new TickOutcome.Published(_instance.Size, encoded, isBehind);
    }
}
