using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Checkpoints;

/// <summary>A log's stored blocks and leaf hashes: of a workspace's log, or of the instance log.</summary>
internal sealed class TreeRows(InstallationDatabase database, Guid? log)
{
    private static readonly string ReadBlocks = Sql.Read("Audit/Checkpoints/read_blocks.sql");
    private static readonly string ReadLeaves = Sql.Read("Audit/Checkpoints/read_leaf_hashes.sql");
    private static readonly string ReadTickBlocks = Sql.Read("Audit/Checkpoints/read_tick_blocks.sql");
    private static readonly string ReadTickLeaves = Sql.Read("Audit/Checkpoints/read_tick_hashes.sql");

    private const string InsertBlocks =
        "INSERT INTO ledger.node (client_id, height, index, hashes) SELECT * FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::bytea[])";

    private const string InsertTickBlocks =
        "INSERT INTO ledger.tick_node (height, index, hashes) SELECT * FROM unnest($1::int[], $2::bigint[], $3::bytea[])";

    /// <summary>Fills in what is there; what is missing stays unknown.</summary>
    public async Task FillAsync(StoredNodes nodes, CancellationToken cancellationToken)
    {
        if (nodes.Blocks.Count > 0)
        {
            foreach ((NodeBlock block, byte[] hashes) in await ReadAsync(nodes.Blocks, cancellationToken))
            {
                nodes.Add(block, Split(hashes));
            }
        }

        if (nodes.Leaves.Count > 0)
        {
            Statement leaves = For(ReadLeaves, ReadTickLeaves).Longs([.. nodes.Leaves.Select(leaf => (long)leaf)]);
            foreach ((long seq, byte[] hash) in await database.RowsAsync(
                leaves, reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken))
            {
                nodes.Add((ulong)seq, new Digest(hash));
            }
        }
    }

    /// <summary>A proof's hashes; null where something that they are made of is missing.</summary>
    /// <param name="plan">Of a proof in the tree as it was at a size, or up to it.</param>
    /// <param name="signed">That tree's frontier.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<Digest[]?> ProveAsync(ProofPlan plan, SignedFrontier signed, CancellationToken cancellationToken)
    {
        StoredNodes nodes = new(plan.Nodes, (ulong)signed.Size, signed.Nodes());
        await FillAsync(nodes, cancellationToken);
        return plan.Nodes.All(node => nodes.Find(node) is not null) ? plan.Assemble(node => nodes.Find(node)!.Value) : null;
    }

    /// <summary>The hashes of those blocks that are there, 480 bytes each.</summary>
    public async Task<IReadOnlyDictionary<NodeBlock, byte[]>> ReadAsync(IReadOnlyCollection<NodeBlock> wanted, CancellationToken cancellationToken)
    {
        Statement blocks = For(ReadBlocks, ReadTickBlocks)
            .Ints([.. wanted.Select(block => block.Height)])
            .Longs([.. wanted.Select(block => (long)block.Index)]);
        IReadOnlyList<(NodeBlock Block, byte[] Hashes)> rows = await database.RowsAsync(
            blocks, reader => (new NodeBlock(reader.GetInt32(0), (ulong)reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2)), cancellationToken);
        return rows.ToDictionary(row => row.Block, row => row.Hashes);
    }

    /// <summary>The tree as it was at a size, to be appended to; null where something that it is made of is missing.</summary>
    public async Task<BlockFrontier?> RestoreAsync(long size, CancellationToken cancellationToken)
    {
        TreeNode[] wanted = [.. BlockFrontier.NodesOf((ulong)size)];
        StoredNodes nodes = new(wanted, (ulong)size);
        await FillAsync(nodes, cancellationToken);
        return Array.TrueForAll(wanted, node => nodes.Find(node) is not null)
            ? new BlockFrontier((ulong)size, node => nodes.Find(node)!.Value)
            : null;
    }

    public static Statement Insert(IReadOnlyList<StoredBlock> blocks) => new Statement(InsertBlocks)
        .Uuids([.. blocks.Select(block => block.Log!.Value)])
        .Ints([.. blocks.Select(block => block.Block.Height)])
        .Longs([.. blocks.Select(block => (long)block.Block.Index)])
        .BytesArray([.. blocks.Select(block => block.Hashes)]);

    public static Statement InsertOfTicks(IReadOnlyList<StoredBlock> blocks) => new Statement(InsertTickBlocks)
        .Ints([.. blocks.Select(block => block.Block.Height)])
        .Longs([.. blocks.Select(block => (long)block.Block.Index)])
        .BytesArray([.. blocks.Select(block => block.Hashes)]);

    private Statement For(string ofWorkspace, string ofTicks) => log is { } one ? new Statement(ofWorkspace).Uuid(one) : new Statement(ofTicks);

    private static Digest[] Split(byte[] hashes)
    {
        Digest[] split = new Digest[NodeBlock.Count];
        for (int i = 0; i < split.Length; i++)
        {
            split[i] = new Digest(hashes.AsSpan(i * Digest.Length, Digest.Length));
        }

        return split;
    }
}
