using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Checkpoints;

/// <summary>One workspace's log as far as its leaves have been followed: chain and tree. Not safe for concurrent use.</summary>
internal sealed class LogTree
{
    private const int RowsAtOnce = 5000;

    private static readonly string ReadLeaves = Sql.Read("Audit/Checkpoints/read_leaves.sql");

    private readonly Guid _log;
    private readonly BlockFrontier _frontier;
    private readonly ChainVerifier _chain;

    private LogTree(Guid log, BlockFrontier frontier, Digest last)
    {
        (_log, _frontier) = (log, frontier);
        _chain = new ChainVerifier(log, (long)frontier.Size, last);
    }

    public long Size => (long)_frontier.Size;

    /// <summary>The log up to its last signed checkpoint, which its stored nodes must lead to.</summary>
    /// <param name="database">Where it is stored.</param>
    /// <param name="log">The workspace.</param>
    /// <param name="size">The checkpoint's; 0 where nothing was signed yet.</param>
    /// <param name="root">The checkpoint's.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="SigningRefusedException">What is stored is not what was signed.</exception>
    public static async Task<LogTree> RestoreAsync(InstallationDatabase database, Guid log, long size, Digest root, CancellationToken cancellationToken)
    {
        if (size == 0)
        {
            return new LogTree(log, new BlockFrontier(), Digest.Zero);
        }

        BlockFrontier frontier = await new TreeRows(database, log).RestoreAsync(size, cancellationToken)
            ?? throw new SigningRefusedException($"log {log}: rows or nodes below its signed size {size} are missing");
        if (frontier.Root() is { } found && found != root)
        {
            throw new SigningRefusedException($"log {log}: at its signed size {size} the root was {root}, and is {found}");
        }

        Statement last = new Statement(ReadLeaves).Uuid(log).Long(size - 1).Long(1);
        byte[]? hash = await database.RowAsync(last, reader => reader.GetInt64(0) == size - 1 ? reader.GetFieldValue<byte[]>(2) : null, cancellationToken);
        return hash is null
            ? throw new SigningRefusedException($"log {log}: its signed size is {size}, and row {size - 1} is missing")
            : new LogTree(log, frontier, new Digest(hash));
    }

    /// <summary>Follows the rows that came since, up to a limit: every leaf canonical, hashed and linked.</summary>
    /// <param name="database">Where they are stored.</param>
    /// <param name="most">Rows to follow at most.</param>
    /// <param name="leaf">Called with each leaf, as stored and as read.</param>
    /// <param name="blocks">Takes the blocks that they complete.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <returns>How many were followed.</returns>
    /// <exception cref="SigningRefusedException">A row does not continue the log.</exception>
    public async Task<int> FollowAsync(
        InstallationDatabase database, int most, Action<byte[], LedgerLeaf> leaf, List<StoredBlock> blocks, CancellationToken cancellationToken)
    {
        int followed = 0;
        while (followed < most)
        {
            int wanted = Math.Min(RowsAtOnce, most - followed);
            IReadOnlyList<(long Seq, byte[] Leaf, byte[] Hash)> rows = await database.RowsAsync(
                new Statement(ReadLeaves).Uuid(_log).Long(Size).Long(wanted),
                reader => (reader.GetInt64(0), Encoding.UTF8.GetBytes(reader.GetString(1)), reader.GetFieldValue<byte[]>(2)),
                cancellationToken);
            foreach ((long seq, byte[] text, byte[] hash) in rows)
            {
                LedgerLeaf read = _chain.Add(seq, text, hash) switch
                {
                    ChainVerdict.Ok ok => ok.Leaf,
                    ChainVerdict.Broken broken => throw new SigningRefusedException($"log {_log}, row {broken.Seq}: expected {broken.Expected}, found {broken.Found}"),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };

                _frontier.Append(new Digest(hash), (block, hashes) => blocks.Add(StoredBlock.Of(_log, block, hashes)));
                leaf(text, read);
            }

            followed += rows.Count;
            if (rows.Count < wanted)
            {
                break;
            }
        }

        return followed;
    }

    public Digest Root() => _frontier.Root();

    public Digest[] Frontier() => _frontier.ToArray();
}
