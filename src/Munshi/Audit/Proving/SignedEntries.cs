using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Proving;

/// <summary>Proofs of many messages under one checkpoint: a few statements, however many they are.</summary>
internal sealed class SignedEntries(Databases databases)
{
    private const string ReadNewest =
        """
        SELECT size, root, note, tick, place, salt, path, frontier FROM ledger.checkpoint
        WHERE client_id = $1 ORDER BY size DESC LIMIT 1
        """;

    private static readonly string ReadEntries = Sql.Read("Audit/Proving/message_entries.sql");

    /// <summary>The log's newest checkpoint; null where none was signed yet.</summary>
    public Task<StoredCheckpoint?> NewestAsync(Guid log, CancellationToken cancellationToken) =>
        databases.Reader.RowAsync(new Statement(ReadNewest).Uuid(log), StoredCheckpoint.Read, cancellationToken);

    /// <summary>By message; one that the checkpoint does not cover is not among them.</summary>
    /// <param name="log">The workspace.</param>
    /// <param name="checkpoint">One of its.</param>
    /// <param name="messages">As many as their entries have room in memory.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="InvalidDataException">Nodes that a proof needs are missing: verification names them.</exception>
    public async Task<IReadOnlyDictionary<Guid, SignedEntry>> OfMessagesAsync(
        Guid log, StoredCheckpoint checkpoint, Guid[] messages, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Message, long Seq, byte[] Leaf)> rows = await databases.Reader.RowsAsync(
            new Statement(ReadEntries).Uuid(log).Uuids(messages).Long(checkpoint.Size),
            reader => (reader.GetGuid(0), reader.GetInt64(1), Encoding.UTF8.GetBytes(reader.GetString(2))),
            cancellationToken);
        ProofPlan[] plans = [.. rows.Select(row => ProofPlan.Inclusion((ulong)row.Seq, (ulong)checkpoint.Size))];
        StoredNodes nodes = new(plans.SelectMany(plan => plan.Nodes).Distinct(), (ulong)checkpoint.Size, checkpoint.Edge.Nodes());
        await new TreeRows(databases.Reader, log).FillAsync(nodes, cancellationToken);
        return rows.Zip(plans).ToDictionary(
            one => one.First.Message,
            one => new SignedEntry(one.First.Seq, one.First.Leaf, one.Second.Assemble(node => Found(nodes, node))));
    }

    private static Digest Found(StoredNodes nodes, TreeNode node) => nodes.Find(node) ?? throw new InvalidDataException("A node of the ledger's tree is missing.");
}
