using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Bench.Proving;

/// <summary>Proofs from stored nodes alone, as the program's proof reader and its witness client make them, with a count of the rows read.</summary>
internal sealed class StoredProofs(InstallationDatabase reader, Guid log)
{
    /// <summary>The most rows that one proof has asked for, each by its key.</summary>
    public int MostRows { get; private set; }

    public Task<Digest[]> InclusionAsync(long index, long size, CancellationToken cancellationToken) =>
        MakeAsync(ProofPlan.Inclusion((ulong)index, (ulong)size), size, cancellationToken);

    public Task<Digest[]> ConsistencyAsync(long older, long newer, CancellationToken cancellationToken) =>
        MakeAsync(ProofPlan.Consistency((ulong)older, (ulong)newer), newer, cancellationToken);

    private async Task<Digest[]> MakeAsync(ProofPlan plan, long size, CancellationToken cancellationToken)
    {
        StoredNodes nodes = new(plan.Nodes, (ulong)size);
        MostRows = Math.Max(MostRows, nodes.Blocks.Count + nodes.Leaves.Count);
        await new TreeRows(reader, log).FillAsync(nodes, cancellationToken);
        return plan.Assemble(node => nodes.Find(node) ?? throw new InvalidOperationException("A node is missing."));
    }
}
