using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>Holds the kept leaves against all that tells of them, as far as anything does, and says what is to be put back. Stores nothing.</summary>
/// <remarks>
/// Ticks must make the signed root, rows the heads of the tick signed last. Of what was kept after it, the form, the place and the link to the leaf before are all that can be
/// looked at.
/// </remarks>
internal sealed class RestorePlanner(Databases databases, DataDirectory data, LeafJournal journal, TimeProvider clock)
{
    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");

    /// <param name="key">The key under the first name.</param>
    /// <param name="name">The name that the database has.</param>
    /// <param name="signed">The checkpoint that was signed last.</param>
    /// <param name="note">Its note's bytes.</param>
    /// <param name="ticks">How many ticks the database has.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="SigningRefusedException">A kept leaf is malformed or out of place, or they do not lead to the checkpoint.</exception>
    public async Task<RestorePlan> PlanAsync(VerifierKey key, string name, Checkpoint signed, byte[] note, long ticks, CancellationToken cancellationToken)
    {
        Dictionary<Guid, LogHead> heads = (await databases.Audit.RowsAsync(
            new Statement(ReadHeads), reader => (Log: reader.GetGuid(0), Head: new LogHead(reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2)))), cancellationToken))
            .ToDictionary(row => row.Log, row => row.Head);
        KeptLeaves kept = KeptLeaves.Read(journal, heads, ticks, signed.Size - 1);
        if (kept.Fault is { } fault)
        {
            throw new SigningRefusedException(
                $"{fault}: restore another copy of that segment, or, where the restored database is newer than all that is in it, move it away");
        }

        (List<Statement> statements, TickLeaf? last) = await FollowTicksAsync(key, name, signed, ticks, kept, cancellationToken);
        // What was published last is so again: witnesses have seen it.
        statements.Add(InstanceRows.Checkpoint(signed.Size, signed.Root, Encoding.UTF8.GetString(note), clock.GetMicrosecondNow()));
        IReadOnlyDictionary<Guid, long> covered = new Dictionary<Guid, long>();
        if (last is not null)
        {
            using LedgerIdentity identity = LedgerIdentity.Load(data.Secrets);
            covered = await new SignedHeads(databases.Audit, kept, heads).RequireAsync(identity, last, cancellationToken);
        }

        return new RestorePlan(
            [.. kept.Rows.Select(log => Follow(log.Log, heads.GetValueOrDefault(log.Log, LogHead.BeforeFirst), log.Leaves, kept, covered.GetValueOrDefault(log.Log)))],
            statements);
    }

    /// <returns>What stores the ticks, and the one signed last; null where that one gave the log another name.</returns>
    private async Task<(List<Statement> Statements, TickLeaf? Last)> FollowTicksAsync(
        VerifierKey key, string name, Checkpoint signed, long ticks, KeptLeaves kept, CancellationToken cancellationToken)
    {
        BlockFrontier frontier = await new TreeRows(databases.Audit, null).RestoreAsync(ticks, cancellationToken)
            ?? throw new SigningRefusedException("instance log: ticks or nodes of the restored database are missing");
        List<Statement> statements = [];
        List<StoredBlock> blocks = [];
        TickChain chain = new(key.Name, name, ticks == 0 ? null : (await InstanceLog.LeavesAsync(databases.Audit, ticks - 1, cancellationToken))[0]);
        (Digest? root, TickLeaf? last) = (null, null);
        foreach ((long seq, byte[] leaf) in kept.Ticks)
        {
            if (chain.Fault((long)frontier.Size, seq, leaf) is { } fault)
            {
                throw new SigningRefusedException($"instance log, tick {frontier.Size}: {fault}");
            }

            if (OriginLeaf.Parse(leaf) is { } renamed)
            {
                statements.Add(InstanceRows.Name(
                    LedgerIdentity.GenerationOf(key.Name, renamed.Origin), renamed.Origin, LedgerIdentity.KeyOf(key, renamed.Origin)));
            }

            if (seq >= signed.Size && kept.SecondOf(null, seq) is { } second)
            {
                throw new SigningRefusedException($"instance log, tick {seq}: no signature covers it, and {second} says something else");
            }

            Digest hash = TreeHash.OfLeaf(leaf);
            frontier.Append(hash, (block, hashes) => blocks.Add(StoredBlock.Of(null, block, hashes)));
            statements.Add(InstanceRows.Tick(seq, leaf, hash));
            (root, last) = (long)frontier.Size == signed.Size ? (frontier.Root(), TickLeaf.Parse(leaf)) : (root, last);
        }

        if (root != signed.Root)
        {
            throw new SigningRefusedException(
                $"instance log: {signed.Size} ticks were signed, {ticks} are stored, and the leaves kept in checkpoints/leaves do not lead from there to the signed root: restore a newer copy of them");
        }

        if (blocks.Count > 0)
        {
            statements.Add(TreeRows.InsertOfTicks(blocks));
        }

        return (statements, last);
    }

    private static LogToRestore Follow(Guid log, LogHead head, SortedDictionary<long, byte[]> missing, KeptLeaves kept, long covered)
    {
        ChainVerifier chain = new(log, head.Seq + 1, head.RowHash);
        List<(byte[], Digest)> leaves = [];
        foreach ((long seq, byte[] leaf) in missing)
        {
            Digest hash = LedgerLeaf.RowHash(leaf);
            if (chain.Add(seq, leaf, hash.ToArray()) is ChainVerdict.Broken broken)
            {
                throw new SigningRefusedException(
                    $"log {log}, row {broken.Seq}: the kept leaves do not continue the restored log: expected {broken.Expected}, found {broken.Found}");
            }

            if (seq >= covered && kept.SecondOf(log, seq) is { } second)
            {
                throw new SigningRefusedException($"log {log}, row {seq}: no signature covers it, and {second} says something else");
            }

            leaves.Add((leaf, hash));
        }

        return new LogToRestore(log, head.Seq + 1, leaves, covered);
    }
}
