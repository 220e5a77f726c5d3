using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Proving;

/// <summary>Makes proofs from stored nodes: a few rows by key for each, whatever the log's length.</summary>
internal sealed class ProofReader(Databases databases)
{
    private const string ReadPlace = "SELECT seq FROM ledger.place WHERE client_id = $1 AND object = $2";
    private const string ReadLeaf = "SELECT leaf FROM ledger.entry WHERE client_id = $1 AND seq = $2";
    private const string ReadTick = "SELECT leaf FROM ledger.tick WHERE seq = $1";
    private const string ReadInstance = "SELECT size, root, note, frontier FROM ledger.instance_checkpoint ORDER BY size DESC LIMIT 1";

    private const string ReadSigned =
        "SELECT size, root, note, tick, place, salt, path, frontier FROM ledger.checkpoint WHERE client_id = $1 AND size = $2";

    private const string ReadCheckpoint =
        """
        SELECT size, root, note, tick, place, salt, path, frontier FROM ledger.checkpoint
        WHERE client_id = $1 AND size > $2 ORDER BY size DESC LIMIT 1
        """;

    /// <summary>The number of a message's first leaf; null until a checkpoint covers it.</summary>
    public async Task<long?> FindAsync(Guid log, Guid message, CancellationToken cancellationToken) => await databases.Reader.RowAsync(
        new Statement(ReadPlace).Uuid(log).Uuid(message), reader => (long?)reader.GetInt64(0), cancellationToken);

    /// <summary>The proof of a row under the log's newest checkpoint; null where there is no such row, or no checkpoint covers it yet.</summary>
    /// <exception cref="InvalidDataException">Nodes that the proof needs are missing: verification names them.</exception>
    public async Task<LedgerProof?> ProveAsync(Guid log, long seq, CancellationToken cancellationToken)
    {
        string? leaf = await databases.Reader.RowAsync(new Statement(ReadLeaf).Uuid(log).Long(seq), reader => reader.GetString(0), cancellationToken);
        StoredCheckpoint? checkpoint = await databases.Reader.RowAsync(new Statement(ReadCheckpoint).Uuid(log).Long(seq), StoredCheckpoint.Read, cancellationToken);
        if (leaf is null || checkpoint is null)
        {
            return null;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(leaf);
        SignedNote note = Note(checkpoint.Note);
        Digest[] path = await PathAsync(log, ProofPlan.Inclusion((ulong)seq, (ulong)checkpoint.Size), checkpoint.Edge, cancellationToken);
        return new LedgerProof(seq, bytes, new TlogProof(seq, path, note, bytes), await HeadAsync(checkpoint, note, cancellationToken));
    }

    /// <summary>That a log as it was signed at one size continues it as it was signed at another; null where one of the sizes was never signed.</summary>
    /// <param name="log">The workspace.</param>
    /// <param name="from">Above 0.</param>
    /// <param name="to">Not below <paramref name="from"/>.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="InvalidDataException">Nodes that the proof needs are missing: verification names them.</exception>
    public async Task<ContinuationProof?> ContinueAsync(Guid log, long from, long to, CancellationToken cancellationToken)
    {
        StoredCheckpoint? older = await SignedAsync(log, from, cancellationToken);
        StoredCheckpoint? newer = await SignedAsync(log, to, cancellationToken);
        return older is null || newer is null
            ? null
            : new ContinuationProof(
                Note(older.Note), Note(newer.Note), await PathAsync(log, ProofPlan.Consistency((ulong)from, (ulong)to), newer.Edge, cancellationToken));
    }

    private Task<StoredCheckpoint?> SignedAsync(Guid log, long size, CancellationToken cancellationToken) =>
        databases.Reader.RowAsync(new Statement(ReadSigned).Uuid(log).Long(size), StoredCheckpoint.Read, cancellationToken);

    private async Task<TlogProof?> HeadAsync(StoredCheckpoint checkpoint, SignedNote note, CancellationToken cancellationToken)
    {
        (SignedFrontier? Edge, string Note) instance = await databases.Reader.RowAsync(
            new Statement(ReadInstance),
            reader => ((SignedFrontier?)new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.OrNull<byte[]>(3)), reader.GetString(2)),
            cancellationToken);
        string? tick = await databases.Reader.RowAsync(new Statement(ReadTick).Long(checkpoint.Tick), reader => reader.GetString(0), cancellationToken);
        if (tick is null || instance.Edge is not { } edge || edge.Size <= checkpoint.Tick || Checkpoint.Parse(note.Text.Span) is not CheckpointParse.Parsed parsed)
        {
            return null;
        }

        Digest[] path = await PathAsync(null, ProofPlan.Inclusion((ulong)checkpoint.Tick, (ulong)edge.Size), edge, cancellationToken);
        return new TlogProof(checkpoint.Tick, path, Note(instance.Note), HeadOpening.Of(checkpoint, parsed.Checkpoint.Origin, tick).Encode());
    }

    private async Task<Digest[]> PathAsync(Guid? log, ProofPlan plan, SignedFrontier edge, CancellationToken cancellationToken) =>
        await new TreeRows(databases.Reader, log).ProveAsync(plan, edge, cancellationToken)
        ?? throw new InvalidDataException("A node of the ledger's tree is missing.");

    private static SignedNote Note(string note) => SignedNote.Parse(Encoding.UTF8.GetBytes(note)) is SignedNoteParse.Parsed parsed
        ? parsed.Note
        : throw new InvalidDataException("A stored checkpoint is not a signed note.");
}
