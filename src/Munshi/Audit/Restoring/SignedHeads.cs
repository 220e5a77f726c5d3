using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Restoring;

/// <summary>The heads of all logs at the tick that was signed last, made anew from what is stored and kept.</summary>
internal sealed class SignedHeads(InstallationDatabase database, KeptLeaves kept, IReadOnlyDictionary<Guid, LogHead> heads)
{
    private const int RowsAtOnce = 5000;

    private static readonly string ReadSigned = Sql.Read("Audit/Checkpoints/last_checkpoints.sql");
    private static readonly string ReadLeaves = Sql.Read("Audit/Checkpoints/read_leaves.sql");

    private readonly Dictionary<Guid, SortedDictionary<long, byte[]>> _missing = kept.Rows.ToDictionary(log => log.Log, log => log.Leaves);

    /// <summary>How many rows of each log the tick covers.</summary>
    /// <exception cref="SigningRefusedException">What is stored and kept does not make the heads that the tick names.</exception>
    public async Task<IReadOnlyDictionary<Guid, long>> RequireAsync(LedgerIdentity identity, TickLeaf tick, CancellationToken cancellationToken)
    {
        Dictionary<Guid, TreeHead> stored = (await database.RowsAsync(
            new Statement(ReadSigned), reader => new TreeHead(reader.GetGuid(0), reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2))), cancellationToken))
            .ToDictionary(head => head.Log);
        List<TreeHead> covered = [];
        foreach (Guid log in stored.Keys.Union(kept.Signed.Keys).Order())
        {
            covered.Add(await HeadAsync(stored.GetValueOrDefault(log) ?? new TreeHead(log, 0, default), kept.Signed.GetValueOrDefault(log), cancellationToken));
        }

        HeadsTree made = new(
            [.. covered.Select(head => new CommittedHead(LedgerIdentity.OriginOf(tick.Origin, head.Log), head.Size, head.Root).Commit(identity.Salt(head.Log, tick.Seq)))],
            place => identity.Filler(place, tick.Seq));
        return made.Root == tick.Heads
            ? covered.ToDictionary(head => head.Log, head => head.Size)
            : throw new SigningRefusedException(
                $"instance log, tick {tick.Seq}: the rows kept in checkpoints/leaves are not those whose heads were signed with it: restore another copy of them");
    }

    private async Task<TreeHead> HeadAsync(TreeHead signed, long size, CancellationToken cancellationToken)
    {
        if (size <= signed.Size)
        {
            return signed;
        }

        BlockFrontier frontier = await new TreeRows(database, signed.Log).RestoreAsync(signed.Size, cancellationToken)
            ?? throw new SigningRefusedException($"log {signed.Log}: rows or nodes below its signed size {signed.Size} are missing");
        long next = Math.Min(size, heads.GetValueOrDefault(signed.Log, LogHead.BeforeFirst).Seq + 1);
        while ((long)frontier.Size < next)
        {
            Statement rows = new Statement(ReadLeaves).Uuid(signed.Log).Long((long)frontier.Size).Long(Math.Min(RowsAtOnce, next - (long)frontier.Size));
            foreach ((long seq, byte[] hash) in await database.RowsAsync(rows, reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(2)), cancellationToken))
            {
                RequirePlace(signed.Log, seq, frontier);
                frontier.Append(new Digest(hash), Pass);
            }
        }

        SortedDictionary<long, byte[]>? missing = _missing.GetValueOrDefault(signed.Log);
        while ((long)frontier.Size < size)
        {
            byte[]? leaf = missing?.GetValueOrDefault((long)frontier.Size);
            RequirePlace(signed.Log, leaf is null ? -1 : (long)frontier.Size, frontier);
            frontier.Append(LedgerLeaf.RowHash(leaf), Pass);
        }

        return new TreeHead(signed.Log, size, frontier.Root());
    }

    private static void RequirePlace(Guid log, long seq, BlockFrontier frontier)
    {
        if (seq != (long)frontier.Size)
        {
            throw new SigningRefusedException($"log {log}, row {frontier.Size}: it was signed, and is neither stored nor kept in checkpoints/leaves");
        }
    }

    /// <summary>Nodes are stored when the log is signed again.</summary>
    private static void Pass(NodeBlock block, ReadOnlySpan<Digest> hashes)
    {
    }
}
