using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit.Checkpoints;

/// <summary>Every workspace's log as far as it was signed, and the rows that came since. Not safe for concurrent use.</summary>
internal sealed class LogFollower(InstallationDatabase database, LeafJournal journal)
{
    private const int MostRowsALog = 20_000;
    private const int MostRowsATick = 100_000;
    private const string Message = "message:";

    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");
    private static readonly string ReadSigned = Sql.Read("Audit/Checkpoints/last_checkpoints.sql");

    private readonly Dictionary<Guid, LogTree> _trees = [];
    private readonly Dictionary<Guid, TreeHead> _signed = [];

    /// <summary>Whether no log was ever signed.</summary>
    public bool IsEmpty => _signed.Count == 0;

    /// <summary>Reads how far every log was signed.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (TreeHead head in await database.RowsAsync(
            new Statement(ReadSigned), reader => new TreeHead(reader.GetGuid(0), reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2))), cancellationToken))
        {
            _signed[head.Log] = head;
        }
    }

    /// <summary>Follows the rows that came since, up to a limit; their leaves are given to the journal, which is not flushed yet.</summary>
    /// <exception cref="SigningRefusedException">What is stored does not continue what was signed.</exception>
    public async Task<FollowedRows> FollowAsync(CancellationToken cancellationToken)
    {
        Dictionary<Guid, long> sizes = await SizesAsync(cancellationToken);
        foreach ((Guid log, long size, _) in _signed.Values)
        {
            if (!sizes.TryGetValue(log, out long found) || found < size)
            {
                throw new SigningRefusedException($"log {log}: {size} rows were signed, and {found} are stored");
            }
        }

        Dictionary<Guid, byte[]> grown = [];
        List<StoredBlock> blocks = [];
        List<(Guid Log, Guid Message, long Seq)> places = [];
        bool isBehind = false;
        int room = MostRowsATick;
        foreach ((Guid log, long size) in sizes)
        {
            TreeHead signed = _signed.GetValueOrDefault(log) ?? new TreeHead(log, 0, default);
            if (size == signed.Size)
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
                tree = await LogTree.RestoreAsync(database, log, signed.Size, signed.Root, cancellationToken);
                _trees.Add(log, tree);
            }

            room -= await tree.FollowAsync(database, Math.Min(room, MostRowsALog), Keep, blocks, cancellationToken);
            isBehind |= tree.Size < size;
            grown.Add(log, SignedFrontier.Encode(tree.Frontier()));
            _signed[log] = new TreeHead(log, tree.Size, tree.Root());
        }

        return new FollowedRows([.. _signed.Values.OrderBy(head => head.Log)], grown, blocks, places, isBehind);

        void Keep(byte[] stored, LedgerLeaf leaf)
        {
            journal.Append(stored);
            if (leaf.Target.StartsWith(Message, StringComparison.Ordinal) && Guid.TryParseExact(leaf.Target.AsSpan(Message.Length), "D", out Guid message))
            {
                places.Add((leaf.Log, message, leaf.Seq));
            }
        }
    }

    private async Task<Dictionary<Guid, long>> SizesAsync(CancellationToken cancellationToken)
    {
        Dictionary<Guid, long> sizes = [];
        foreach ((Guid log, long seq) in await database.RowsAsync(
            new Statement(ReadHeads), reader => (reader.GetGuid(0), reader.GetInt64(1)), cancellationToken))
        {
            sizes[log] = seq + 1;
        }

        return sizes;
    }
}
