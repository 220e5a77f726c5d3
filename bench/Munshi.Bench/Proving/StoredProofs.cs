using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Bench.Proving;

/// <summary>Proofs from a checkpoint's row and stored nodes alone, as the program's proof reader and its witness client make them, with a count of the rows read.</summary>
internal sealed class StoredProofs(InstallationDatabase reader, Guid log)
{
    private const string ReadEdge = "SELECT root, frontier FROM ledger.checkpoint WHERE client_id = $1 AND size = $2";

    /// <summary>The most rows that one proof has asked for, each by its key.</summary>
    public int MostRows { get; private set; }

    public Task<Digest[]> InclusionAsync(long index, long size, CancellationToken cancellationToken) =>
        MakeAsync(ProofPlan.Inclusion((ulong)index, (ulong)size), size, cancellationToken);

    public Task<Digest[]> ConsistencyAsync(long older, long newer, CancellationToken cancellationToken) =>
        MakeAsync(ProofPlan.Consistency((ulong)older, (ulong)newer), newer, cancellationToken);

    private async Task<Digest[]> MakeAsync(ProofPlan plan, long size, CancellationToken cancellationToken)
    {
        SignedFrontier signed = await reader.RowAsync(
            new Statement(ReadEdge).Uuid(log).Long(size),
            row => new SignedFrontier(size, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
            cancellationToken) ?? throw new InvalidOperationException("A checkpoint is missing.");
        StoredNodes nodes = new(plan.Nodes, (ulong)size, signed.Nodes());
        MostRows = Math.Max(MostRows, 1 + nodes.Blocks.Count + nodes.Leaves.Count);
        return await new TreeRows(reader, log).ProveAsync(plan, signed, cancellationToken) ?? throw new InvalidOperationException("A node is missing.");
    }
}
