using System.Globalization;
using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Checkpoints;

/// <summary>One log's nodes and checkpoints against its rows, range after range.</summary>
internal sealed class TreeCheck(InstallationDatabase database, Guid log, InstanceCheck instance, LedgerFindings findings)
{
    private const string ReadCheckpoints =
        """
        SELECT size, root, note, tick, place, salt, path FROM ledger.checkpoint
        WHERE client_id = $1 AND size > $2 AND size <= $3 ORDER BY size
        """;

    private const string ReadTick = "SELECT leaf FROM ledger.tick WHERE seq = $1";

    private const string ReadSigned = "SELECT coalesce(max(size), 0) FROM ledger.checkpoint WHERE client_id = $1";

    private static readonly string ReadExtra = Sql.Read("Audit/Checkpoints/verify_nodes.sql");

    private readonly BlockFrontier _frontier = new();
    private readonly List<StoredBlock> _completed = [];
    private readonly Queue<StoredCheckpoint> _checkpoints = [];
    private readonly List<(StoredCheckpoint Checkpoint, Digest Root)> _ofLaterTicks = []; // than those that the instance log had when it was read
    private long _signed = -1;

    /// <summary>To be called before the rows of a range are added.</summary>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task BeginAsync(int rows, CancellationToken cancellationToken)
    {
        if (_signed < 0)
        {
            _signed = await database.RowAsync(new Statement(ReadSigned).Uuid(log), reader => reader.GetInt64(0), cancellationToken);
        }

        long size = (long)_frontier.Size;
        foreach (StoredCheckpoint checkpoint in await database.RowsAsync(
            new Statement(ReadCheckpoints).Uuid(log).Long(size).Long(size + rows), StoredCheckpoint.Read, cancellationToken))
        {
            _checkpoints.Enqueue(checkpoint);
        }
    }

    /// <summary>The next row.</summary>
    /// <param name="rowHash">Its leaf's hash.</param>
    public void Add(Digest rowHash)
    {
        _frontier.Append(rowHash, (block, hashes) => _completed.Add(StoredBlock.Of(log, block, hashes)));
        while (_checkpoints.TryPeek(out StoredCheckpoint? next) && next.Size <= (long)_frontier.Size)
        {
            Judge(_checkpoints.Dequeue(), _frontier.Root());
        }
    }

    /// <summary>To be called once the rows of a range are added.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_completed.Count == 0)
        {
            return;
        }

        IReadOnlyDictionary<NodeBlock, byte[]> stored = await new TreeRows(database, log).ReadAsync([.. _completed.Select(block => block.Block)], cancellationToken);
        foreach (StoredBlock block in _completed)
        {
            if (!stored.TryGetValue(block.Block, out byte[]? hashes))
            {
                if (block.Block.IsCompleteIn((ulong)_signed))
                {
                    findings.Add(First(block.Block), FindingKind.Node, Name(block.Block), "none");
                }
            }
            else if (!block.Hashes.AsSpan().SequenceEqual(hashes))
            {
                findings.Add(First(block.Block), FindingKind.Node, $"the hashes of {Name(block.Block)}", "others");
            }
        }

        _completed.Clear();
    }

    /// <summary>Judges what lies beyond the last row.</summary>
    public async Task ConcludeAsync(CancellationToken cancellationToken)
    {
        long size = (long)_frontier.Size;
        long signed = await database.RowAsync(new Statement(ReadSigned).Uuid(log), reader => reader.GetInt64(0), cancellationToken);
        if (signed > size && _signed == signed)
        {
            findings.Add(size, FindingKind.Checkpoint, $"{signed} rows, as signed", $"{size} rows");
        }

        foreach ((StoredCheckpoint checkpoint, Digest root) in _ofLaterTicks)
        {
            byte[]? leaf = await database.RowAsync(
                new Statement(ReadTick).Long(checkpoint.Tick), reader => Encoding.UTF8.GetBytes(reader.GetString(0)), cancellationToken);
            JudgeOpening(checkpoint, root, leaf is null ? null : TickLeaf.Parse(leaf)?.Heads);
        }

        await foreach ((int height, long index) in database.StreamAsync(
            new Statement(ReadExtra).Uuid(log), reader => (reader.GetInt32(0), reader.GetInt64(1)), cancellationToken))
        {
            findings.Add(null, FindingKind.Node, "no node above rows that are not there", Name(new NodeBlock(height, (ulong)index)));
        }
    }

    private void Judge(StoredCheckpoint stored, Digest root)
    {
        if (!StoredEvent.Same(root, stored.Root))
        {
            findings.Add(stored.Size - 1, FindingKind.Checkpoint, $"root {root}", $"a checkpoint of size {stored.Size} with root {StoredEvent.Hex(stored.Root)}");
            return;
        }

        if (instance.Key is not { } key)
        {
            findings.Add(stored.Size - 1, FindingKind.CheckpointNote, $"the signed checkpoint of size {stored.Size}", "no key to check it with");
        }
        else if (StoredCheckpoint.Fault(stored.Note, OriginOf(stored), stored.Size, root, LedgerIdentity.KeyOf(key, OriginOf(stored))) is { } fault)
        {
            findings.Add(stored.Size - 1, FindingKind.CheckpointNote, $"the signed checkpoint of size {stored.Size}", fault);
        }
        else if (instance.HeadsOf(stored.Tick) is { } heads)
        {
            JudgeOpening(stored, root, heads);
        }
        else
        {
            _ofLaterTicks.Add((stored, root));
        }
    }

    private void JudgeOpening(StoredCheckpoint stored, Digest root, Digest? heads)
    {
        if (heads is not { } named || !stored.Opens(OriginOf(stored), root, named))
        {
            findings.Add(stored.Size - 1, FindingKind.CheckpointOpening, $"the head to which tick {stored.Tick} commits", "another, or an opening that does not lead to it");
        }
    }

    /// <summary>The log's name when its checkpoint was signed.</summary>
    private string OriginOf(StoredCheckpoint stored) => LedgerIdentity.OriginOf(instance.OriginAt(stored.Tick), log);

    private static long First(NodeBlock block) => (long)(block.Index << (NodeBlock.Levels * (block.Height + 1)));

    private static string Name(NodeBlock block) => string.Create(CultureInfo.InvariantCulture, $"node {block.Height}/{block.Index}");
}
