using System.Security.Cryptography;
using System.Text;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Npgsql;
using NpgsqlTypes;

namespace Munshi.Bench.Proving;

/// <summary>A log whose entries and nodes are made by the program's own leaf and tree classes and copied in, because chaining and signing so many takes long.</summary>
/// <param name="Id">Of a workspace that there is not.</param>
/// <param name="Size">The number of entries.</param>
/// <param name="Roots">The tree's roots at some smaller sizes.</param>
internal sealed record CopiedLog(Guid Id, int Size, IReadOnlyDictionary<long, Digest> Roots)
{
    private const int KeptRoots = 20;
    private const int BlocksAtOnce = 1_000;

    /// <summary>Two sessions copy beside each other. The newest entry has no signature yet; that all before it had, a row says which only its size and root are true of.</summary>
    /// <param name="munshi">Without a server, which would follow what comes.</param>
    /// <param name="size">The number of entries.</param>
    /// <param name="cancellationToken">Honoured between rows.</param>
    public static async Task<CopiedLog> MakeAsync(RunningMunshi munshi, int size, CancellationToken cancellationToken)
    {
        Guid log = Guid.CreateVersion7();
        HashSet<int> kept = [.. Enumerable.Range(0, KeptRoots).Select(_ => RandomNumberGenerator.GetInt32(1, size))];
        Dictionary<long, Digest> roots = [];
        BlockFrontier frontier = new();
        await using NpgsqlConnection ofEntries = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlConnection ofNodes = await munshi.AdminAsync("munshi", cancellationToken);
        await using (NpgsqlBinaryImporter entries = await ofEntries.BeginBinaryImportAsync("COPY ledger.entry (client_id, seq, event_id, leaf, row_hash) FROM STDIN (FORMAT binary)", cancellationToken))
        await using (NpgsqlBinaryImporter nodes = await ofNodes.BeginBinaryImportAsync("COPY ledger.node (client_id, height, index, hashes) FROM STDIN (FORMAT binary)", cancellationToken))
        {
            List<StoredBlock> blocks = [];
            LogHead head = LogHead.BeforeFirst;
            DateTimeOffset from = TimeProvider.System.GetUtcNow().AddDays(-1);
            DateTimeOffset start = from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMillisecond));
            while (head.Seq < size - 2)
            {
                head = await AppendAsync(entries, log, size, head, start, cancellationToken);
                frontier.Append(head.RowHash, (block, hashes) => blocks.Add(StoredBlock.Of(log, block, hashes)));
                if (kept.Contains((int)frontier.Size))
                {
                    roots[(long)frontier.Size] = frontier.Root();
                }

                if (blocks.Count >= BlocksAtOnce)
                {
                    await WriteAsync(nodes, blocks, cancellationToken);
                }
            }

            await AppendAsync(entries, log, size, head, start, cancellationToken); // the signer follows this one
            await WriteAsync(nodes, blocks, cancellationToken);
            await nodes.CompleteAsync(cancellationToken);
            await entries.CompleteAsync(cancellationToken);
        }

        await MarkSignedAsync(ofNodes, log, size - 1, frontier.Root(), cancellationToken);
        return new CopiedLog(log, size, roots);
    }

    private static async Task<LogHead> AppendAsync(
        NpgsqlBinaryImporter entries, Guid log, int size, LogHead head, DateTimeOffset start, CancellationToken cancellationToken)
    {
        long seq = head.Seq + 1;
        byte[] leaf = new LedgerLeaf
        {
            Log = log,
            Seq = seq,
            Time = start.AddMicroseconds(seq),
            Actor = "program:intake",
            Action = "bench.written",
            Target = $"bench:{log}",
            Commitment = null,
            CiphertextHash = null,
            Previous = head.RowHash,
        }.Encode();
        Digest rowHash = LedgerLeaf.RowHash(leaf);
        await entries.StartRowAsync(cancellationToken);
        await entries.WriteAsync(log, NpgsqlDbType.Uuid, cancellationToken);
        await entries.WriteAsync(seq, NpgsqlDbType.Bigint, cancellationToken);
        await entries.WriteAsync(-(size * 2L) - seq, NpgsqlDbType.Bigint, cancellationToken); // no event; sizes are a power of ten apart
        await entries.WriteAsync(Encoding.ASCII.GetString(leaf), NpgsqlDbType.Text, cancellationToken);
        await entries.WriteAsync(rowHash.ToArray(), NpgsqlDbType.Bytea, cancellationToken);
        return new LogHead(seq, rowHash);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter nodes, List<StoredBlock> blocks, CancellationToken cancellationToken)
    {
        foreach (StoredBlock block in blocks)
        {
            await nodes.StartRowAsync(cancellationToken);
            await nodes.WriteAsync(block.Log!.Value, NpgsqlDbType.Uuid, cancellationToken);
            await nodes.WriteAsync(block.Block.Height, NpgsqlDbType.Integer, cancellationToken);
            await nodes.WriteAsync((long)block.Block.Index, NpgsqlDbType.Bigint, cancellationToken);
            await nodes.WriteAsync(block.Hashes, NpgsqlDbType.Bytea, cancellationToken);
        }

        blocks.Clear();
    }

    private static async Task MarkSignedAsync(NpgsqlConnection admin, Guid log, long size, Digest root, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand insert = new(
            "INSERT INTO ledger.checkpoint (client_id, size, root, note, tick, place, salt, path) VALUES ($1, $2, $3, '', 0, 0, $4, '')", admin)
        {
            Parameters = { new() { Value = log }, new() { Value = size }, new() { Value = root.ToArray() }, new() { Value = new byte[Digest.Length] } },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
