using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>
/// After a restore: puts back the leaves that were signed and are not in the database any more, from those kept outside it, so that the
/// same logs go on; says in each log which rows lost their contents.
/// </summary>
/// <remarks>Safe to repeat and to kill: rows, then ticks, then the leaves that tell of it. For a stopped server, or one whose gate is closed.</remarks>
internal sealed class RestoreCeremony(
    Databases databases, DataDirectory data, InstanceCheckpointFile file, LeafJournal journal, NewOrigin newOrigin, TimeProvider clock)
{
    private const int RowsAtOnce = 5000;
    private const string ReadTickCount = "SELECT coalesce(max(seq) + 1, 0) FROM ledger.tick";
    private const string ReadLowest = "SELECT least(coalesce(min(event_id), 0), 0) FROM ledger.entry";
    private const string InsertCheckpoint = "INSERT INTO ledger.instance_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)";
    private const string InsertRestore = "INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at) VALUES ($1, $2, $3, $4, $5)";

    private const string ReadUntold =
        """
        SELECT r.client_id, r.id, r.first_seq, r.last_seq FROM ledger.restore r
        WHERE NOT EXISTS (SELECT FROM audit.event e WHERE e.client_id = r.client_id AND e.object = 'restore:' || r.id)
        """;

    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");
    private static readonly string Append = Sql.Read("Audit/append_entries.sql");

    /// <summary>Puts back what is missing, and makes all that waits to be done uncertain.</summary>
    /// <param name="leavesAreGone">Whether the ledger begins anew, under another name, where the kept leaves do not lead to what was signed.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <exception cref="SigningRefusedException">What is kept outside the database does not lead to the checkpoint that was signed last.</exception>
    public async Task<RestoreOutcome> RunAsync(bool leavesAreGone, CancellationToken cancellationToken)
    {
        VerifierKey key = LedgerIdentity.KeyIn(data.Secrets) ?? throw new SigningRefusedException("secrets/ledger-signing.key is missing: restore it first");
        Checkpoint signed = Signed(key);
        await UncertainPast.DeclareAsync(databases, clock.GetMicrosecondNow(), cancellationToken); // before the gate can open
        long ticks = await databases.Audit.RowAsync(new Statement(ReadTickCount), reader => reader.GetInt64(0), cancellationToken);
        string? name = await IsBegunAnewAsync(key, signed, cancellationToken)
            || (ticks < signed.Size && await BeginAnewAsync(key, signed, ticks, leavesAreGone, cancellationToken))
            ? await PublishNameAsync(key, cancellationToken)
            : null;
        await newOrigin.TellAsync(cancellationToken);
        return new RestoreOutcome(await TellAsync(cancellationToken), name);
    }

    /// <summary>Whether an attempt before was broken off when the database had the new name and nothing outside it.</summary>
    private async Task<bool> IsBegunAnewAsync(VerifierKey key, Checkpoint signed, CancellationToken cancellationToken) =>
        (await newOrigin.CurrentAsync(key, cancellationToken)).Generation > LedgerIdentity.GenerationOf(key.Name, signed.Origin);

    private async Task<string> PublishNameAsync(VerifierKey key, CancellationToken cancellationToken)
    {
        (int generation, string name) = await newOrigin.CurrentAsync(key, cancellationToken);
        await newOrigin.PublishAsync(generation, cancellationToken);
        return name;
    }

    /// <returns>Whether the ledger has another name now; otherwise all is put back.</returns>
    private async Task<bool> BeginAnewAsync(VerifierKey key, Checkpoint signed, long ticks, bool leavesAreGone, CancellationToken cancellationToken)
    {
        try
        {
            await PutBackAsync(key, signed, ticks, cancellationToken);
            return false;
        }
        catch (SigningRefusedException) when (leavesAreGone)
        {
            await newOrigin.BeginAsync(key, signed, ticks, cancellationToken);
            return true;
        }
    }

    private Checkpoint Signed(VerifierKey key) =>
        file.Read() is { } bytes
        && SignedNote.Parse(bytes) is SignedNoteParse.Parsed { Note: { } note }
        && Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed { Checkpoint: { } checkpoint }
        && LedgerIdentity.GenerationOf(key.Name, checkpoint.Origin) is not null
        && note.Verify([LedgerIdentity.KeyOf(key, checkpoint.Origin)]) is NoteVerification.Verified
            ? checkpoint
            : throw new SigningRefusedException("checkpoints/instance.checkpoint is missing, or no checkpoint of this installation: restore it from a copy first");

    private async Task PutBackAsync(VerifierKey key, Checkpoint signed, long ticks, CancellationToken cancellationToken)
    {
        Dictionary<Guid, LogHead> heads = (await databases.Audit.RowsAsync(
            new Statement(ReadHeads), reader => (Log: reader.GetGuid(0), Head: new LogHead(reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2)))), cancellationToken))
            .ToDictionary(row => row.Log, row => row.Head);
        KeptLeaves kept = KeptLeaves.Read(journal, heads, ticks);
        List<Statement> ofTicks = await FollowTicksAsync(key, signed, ticks, kept.Ticks, cancellationToken);
        List<(RestoredRange Range, IReadOnlyList<(byte[] Leaf, Digest Hash)> Leaves)> ofLogs = [];
        foreach ((Guid log, SortedDictionary<long, byte[]> leaves) in kept.Rows)
        {
            ofLogs.Add(Follow(log, heads.GetValueOrDefault(log, LogHead.BeforeFirst), leaves));
        }

        foreach ((RestoredRange range, IReadOnlyList<(byte[] Leaf, Digest Hash)> leaves) in ofLogs)
        {
            await StoreAsync(range, leaves, cancellationToken);
        }

        await databases.Audit.ExecuteAsync(ofTicks, CancellationToken.None);
    }

    private async Task<List<Statement>> FollowTicksAsync(
        VerifierKey key, Checkpoint signed, long ticks, SortedDictionary<long, byte[]> missing, CancellationToken cancellationToken)
    {
        BlockFrontier frontier = await new TreeRows(databases.Audit, null).RestoreAsync(ticks, cancellationToken)
            ?? throw new SigningRefusedException("instance log: ticks or nodes of the restored database are missing");
        List<Statement> statements = [];
        List<StoredBlock> blocks = [];
        Digest? root = null;
        foreach ((long seq, byte[] leaf) in missing)
        {
            OriginLeaf? renamed = OriginLeaf.Parse(leaf);
            if (seq != (long)frontier.Size || LedgerIdentity.GenerationOf(key.Name, renamed?.Origin ?? TickLeaf.Parse(leaf)!.Origin) is not { } generation)
            {
                break;
            }

            if (renamed is not null)
            {
                statements.Add(new Statement("INSERT INTO ledger.identity (generation, origin, vkey) VALUES ($1, $2, $3)")
                    .Int(generation).Text(renamed.Origin).Text(LedgerIdentity.KeyOf(key, renamed.Origin).ToString()));
            }

            Digest hash = TreeHash.OfLeaf(leaf);
            frontier.Append(hash, (block, hashes) => blocks.Add(StoredBlock.Of(null, block, hashes)));
            statements.Add(new Statement("INSERT INTO ledger.tick (seq, leaf, leaf_hash) VALUES ($1, $2, $3)")
                .Long(seq).Text(Encoding.ASCII.GetString(leaf)).Bytes(hash.ToArray()));
            root = (long)frontier.Size == signed.Size ? frontier.Root() : root;
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

        // What was published last is so again: witnesses have seen it.
        statements.Add(new Statement(InsertCheckpoint)
            .Long(signed.Size).Bytes(signed.Root.ToArray()).Text(Encoding.UTF8.GetString(file.Read()!)).Time(clock.GetMicrosecondNow()));
        return statements;
    }

    private static (RestoredRange Range, IReadOnlyList<(byte[] Leaf, Digest Hash)> Leaves) Follow(Guid log, LogHead head, SortedDictionary<long, byte[]> kept)
    {
        ChainVerifier chain = new(log, head.Seq + 1, head.RowHash);
        List<(byte[], Digest)> leaves = [];
        foreach ((long seq, byte[] leaf) in kept)
        {
            Digest hash = LedgerLeaf.RowHash(leaf);
            if (chain.Add(seq, leaf, hash.ToArray()) is ChainVerdict.Broken broken)
            {
                throw new SigningRefusedException(
                    $"log {log}, row {broken.Seq}: the kept leaves do not continue the restored log: expected {broken.Expected}, found {broken.Found}");
            }

            leaves.Add((leaf, hash));
        }

        return (new RestoredRange(log, Guid.NewGuid(), head.Seq + 1, head.Seq + leaves.Count), leaves);
    }

    /// <remarks>An event that is lost has a number below zero: no event ever had one.</remarks>
    private async Task StoreAsync(RestoredRange range, IReadOnlyList<(byte[] Leaf, Digest Hash)> leaves, CancellationToken cancellationToken)
    {
        long next = await databases.Audit.RowAsync(new Statement(ReadLowest), reader => reader.GetInt64(0), cancellationToken) - 1;
        long seq = range.First;
        foreach ((byte[] Leaf, Digest Hash)[] part in leaves.Chunk(RowsAtOnce))
        {
            Statement rows = new Statement(Append)
                .Uuids([.. part.Select(_ => range.Log)])
                .Longs([.. part.Select((_, i) => seq + i)])
                .Longs([.. part.Select((_, i) => next - i)])
                .Texts([.. part.Select(one => Encoding.ASCII.GetString(one.Leaf))])
                .BytesArray([.. part.Select(one => one.Hash.ToArray())]);
            Statement recorded = new Statement(InsertRestore)
                .Uuid(range.Log).Uuid(Guid.NewGuid()).Long(seq).Long(seq + part.Length - 1).Time(clock.GetMicrosecondNow());
            await databases.Audit.ExecuteAsync([recorded, rows], CancellationToken.None);
            (seq, next) = (seq + part.Length, next - part.Length);
        }
    }

    private async Task<IReadOnlyList<RestoredRange>> TellAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RestoredRange> untold = await databases.Audit.RowsAsync(
            new Statement(ReadUntold), reader => new RestoredRange(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3)), cancellationToken);
        foreach (RestoredRange range in untold)
        {
            AuditEvent told = new(
                Actor.Operator, RestoredRange.Action, RestoredRange.ObjectKind, range.Id, clock.GetMicrosecondNow(), range.Commit(), null);
            await databases.App.TransactAsync(range.Log, transaction =>
            {
                AuditTrail.Record(transaction, told);
                return Task.FromResult(true);
            }, cancellationToken);
        }

        return untold;
    }
}
