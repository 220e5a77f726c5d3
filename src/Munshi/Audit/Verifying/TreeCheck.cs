using System.Globalization;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Verifying;

/// <summary>One log's nodes and checkpoints against its rows, range after range.</summary>
/// <remarks>The trees of ranges are computed beside each other (<see cref="ReadAsync"/>) and joined in order (<see cref="AddAsync"/>).</remarks>
internal sealed class TreeCheck(InstallationDatabase database, Guid log, InstanceCheck instance, LedgerFindings findings)
{
    /// <summary>Rows under three whole blocks one above another: 16³.</summary>
    public const int GroupRows = 4_096;

    private const int GroupHeights = 3;

    private const string ReadCheckpoints =
        """
        SELECT size, root, note, tick, place, salt, path, frontier FROM ledger.checkpoint
        WHERE client_id = $1 AND size > $2 AND size <= $3 ORDER BY size
        """;

    private const string ReadTick = "SELECT leaf FROM ledger.tick WHERE seq = $1";

    private const string ReadSigned = "SELECT coalesce(max(size), 0) FROM ledger.checkpoint WHERE client_id = $1";

    private static readonly string ReadExtra = Sql.Read("Audit/Checkpoints/verify_nodes.sql");

    private readonly BlockFrontier _groups = new(); // over the tops of whole groups
    private readonly List<StoredBlock> _completed = [];
    private readonly List<(StoredCheckpoint Checkpoint, Digest Root)> _ofLaterTicks = []; // than those that the instance log had when it was read
    private BlockFrontier _rows = new(); // over the rows after them
    private long _signed;

    private long Size => ((long)_groups.Size * GroupRows) + (long)_rows.Size;

    /// <summary>To be called before the first row is read.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _signed = await database.RowAsync(new Statement(ReadSigned).Uuid(log), reader => reader.GetInt64(0), cancellationToken);

    /// <summary>Computes the tree above a range, and holds its blocks against those stored. Safe for concurrent use.</summary>
    /// <param name="first">The first row's number: of an unbroken log, how many rows are before it.</param>
    /// <param name="hashes">The rows' leaf hashes.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <returns>Null where the range does not begin with a group.</returns>
    public async Task<TreeRange?> ReadAsync(long first, IReadOnlyList<Digest> hashes, CancellationToken cancellationToken)
    {
        if (first < 0 || first % GroupRows != 0 || hashes.Count == 0 || first > long.MaxValue - hashes.Count)
        {
            return null;
        }

        Queue<StoredCheckpoint> checkpoints = new(await CheckpointsAsync(first, first + hashes.Count, cancellationToken));
        List<StoredBlock> completed = [];
        List<TreeGroup> groups = [];
        for (int start = 0; start < hashes.Count; start += GroupRows)
        {
            groups.Add(Group(first, start, hashes, checkpoints, completed));
        }

        return new TreeRange(first, groups, await DifferencesAsync(completed, cancellationToken));
    }

    /// <summary>Joins a range with those before it.</summary>
    public async Task AddAsync(RangeResult range, CancellationToken cancellationToken)
    {
        if (range.Tree is { } tree && tree.First == Size && _rows.Size == 0)
        {
            Join(tree, range.Hashes);
        }
        else if (range.Hashes.Count > 0)
        {
            Queue<StoredCheckpoint> checkpoints = new(await CheckpointsAsync(Size, Size + range.Hashes.Count, cancellationToken));
            foreach (Digest hash in range.Hashes)
            {
                Append(hash);
                while (checkpoints.TryPeek(out StoredCheckpoint? next) && next.Size <= Size)
                {
                    Judge(checkpoints.Dequeue(), Root());
                }
            }
        }

        foreach ((long seq, string expected, string found) in await DifferencesAsync(_completed, cancellationToken))
        {
            findings.Add(seq, FindingKind.Node, expected, found);
        }

        _completed.Clear();
    }

    /// <summary>Judges what lies beyond the last row.</summary>
    public async Task ConcludeAsync(CancellationToken cancellationToken)
    {
        long signed = await database.RowAsync(new Statement(ReadSigned).Uuid(log), reader => reader.GetInt64(0), cancellationToken);
        if (signed > Size && _signed == signed)
        {
            findings.Add(Size, FindingKind.Checkpoint, $"{signed} rows, as signed", $"{Size} rows");
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

    private TreeGroup Group(long first, int start, IReadOnlyList<Digest> hashes, Queue<StoredCheckpoint> checkpoints, List<StoredBlock> completed)
    {
        int count = Math.Min(GroupRows, hashes.Count - start);
        ulong group = (ulong)((first + start) / GroupRows);
        BlockFrontier frontier = new();
        List<(StoredCheckpoint, Digest[])> signed = [];
        Digest? top = null;
        Action<NodeBlock, ReadOnlySpan<Digest>> take = (block, computed) =>
        {
            top = block.Height == GroupHeights - 1 ? computed[^1] : null;
            completed.Add(StoredBlock.Of(log, InGroup(block, group), computed));
        };
        for (int i = 0; i < count; i++)
        {
            frontier.Append(hashes[start + i], take);
            while (checkpoints.TryPeek(out StoredCheckpoint? next) && next.Size <= first + start + i + 1)
            {
                signed.Add((checkpoints.Dequeue(), frontier.ToArray()));
            }
        }

        return new TreeGroup(count, top, signed);
    }

    private void Join(TreeRange tree, List<Digest> hashes)
    {
        foreach ((long seq, string expected, string found) in tree.Differences)
        {
            findings.Add(seq, FindingKind.Node, expected, found);
        }

        int start = 0;
        foreach (TreeGroup group in tree.Groups)
        {
            foreach ((StoredCheckpoint checkpoint, Digest[] subtrees) in group.Checkpoints)
            {
                Judge(checkpoint, TreeHash.Fold([.. _groups.ToArray(), .. subtrees]));
            }

            if (group.Top is { } top)
            {
                AppendGroup(top);
            }
            else
            {
                hashes.GetRange(start, group.Rows).ForEach(Append);
                _completed.RemoveAll(block => block.Block.Height < GroupHeights); // those were looked at
            }

            start += group.Rows;
        }
    }

    private void Append(Digest rowHash)
    {
        _rows.Append(rowHash, TakeBlock);
        if (_rows.Size == GroupRows)
        {
            Digest top = _rows.Root();
            _rows = new BlockFrontier();
            AppendGroup(top);
        }
    }

    private void TakeBlock(NodeBlock block, ReadOnlySpan<Digest> hashes) => _completed.Add(StoredBlock.Of(log, InGroup(block, _groups.Size), hashes));

    private void AppendGroup(Digest top) => _groups.Append(
        top, (block, hashes) => _completed.Add(StoredBlock.Of(log, block with { Height = block.Height + GroupHeights }, hashes)));

    private Digest Root() => TreeHash.Fold([.. _groups.ToArray(), .. _rows.ToArray()]);

    private Task<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(long after, long upTo, CancellationToken cancellationToken) =>
        database.RowsAsync(new Statement(ReadCheckpoints).Uuid(log).Long(after).Long(upTo), StoredCheckpoint.Read, cancellationToken);

    private async Task<IReadOnlyList<(long Seq, string Expected, string Found)>> DifferencesAsync(List<StoredBlock> completed, CancellationToken cancellationToken)
    {
        if (completed.Count == 0)
        {
            return [];
        }

        List<(long, string, string)> differences = [];
        IReadOnlyDictionary<NodeBlock, byte[]> stored = await new TreeRows(database, log).ReadAsync([.. completed.Select(block => block.Block)], cancellationToken);
        foreach (StoredBlock block in completed)
        {
            if (!stored.TryGetValue(block.Block, out byte[]? hashes))
            {
                if (block.Block.IsCompleteIn((ulong)_signed))
                {
                    differences.Add((First(block.Block), Name(block.Block), "none"));
                }
            }
            else if (!block.Hashes.AsSpan().SequenceEqual(hashes))
            {
                differences.Add((First(block.Block), $"the hashes of {Name(block.Block)}", "others"));
            }
        }

        return differences;
    }

    private void Judge(StoredCheckpoint stored, Digest root)
    {
        if (!StoredEvent.Same(root, stored.Root))
        {
            findings.Add(stored.Size - 1, FindingKind.Checkpoint, $"root {root}", $"a checkpoint of size {stored.Size} with root {StoredEvent.Hex(stored.Root)}");
            return;
        }

        if (!stored.Edge.IsSound)
        {
            findings.Add(stored.Size - 1, FindingKind.Node, $"the subtrees of the checkpoint of size {stored.Size}", "others");
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

    /// <summary>A block of a group's own tree as a block of the log's.</summary>
    private static NodeBlock InGroup(NodeBlock block, ulong group) =>
        block with { Index = (group << (NodeBlock.Levels * (GroupHeights - 1 - block.Height))) + block.Index };

    private static long First(NodeBlock block) => (long)(block.Index << (NodeBlock.Levels * (block.Height + 1)));

    private static string Name(NodeBlock block) => string.Create(CultureInfo.InvariantCulture, $"node {block.Height}/{block.Index}");
}
