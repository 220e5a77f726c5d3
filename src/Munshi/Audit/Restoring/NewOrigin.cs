using System.Security.Cryptography;
using System.Text;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>Leaves that were signed are gone: the ledger goes on from what was restored under another name, and its first leaf under it names the old checkpoint.</summary>
/// <remarks>What was signed under the old name is never contradicted under it. Safe to repeat and to kill: the name is in the database, then outside it, then told in every log.</remarks>
internal sealed class NewOrigin(Databases databases, DataDirectory data, InstanceCheckpointFile file, LeafJournal journal, HeadsFile headsFile, TimeProvider clock)
{
    /// <summary>What every log says of it.</summary>
    public const string Action = "ledger.begun-anew";

    private const string ReadNewest = "SELECT generation, origin FROM ledger.identity ORDER BY generation DESC LIMIT 1";
    private const string ReadTick = "SELECT leaf FROM ledger.tick WHERE seq = $1";
    private const string ReadNote = "SELECT note FROM ledger.instance_checkpoint ORDER BY size DESC LIMIT 1";

    private static readonly string ReadRenamed = Sql.Read("Audit/Restoring/read_renamed.sql");
    private static readonly string ReadTold = Sql.Read("Audit/Restoring/read_begun.sql");
    private static readonly string ReadHeads = Sql.Read("Audit/log_heads.sql");

    /// <summary>The name that the database has, and its number; the first where it has none.</summary>
    public async Task<(int Generation, string Name)> CurrentAsync(VerifierKey first, CancellationToken cancellationToken)
    {
        (int Generation, string Name) named = await databases.Audit.RowAsync(
            new Statement(ReadNewest), reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken);
        return named.Name is null ? (1, first.Name) : named;
    }

    /// <summary>Gives the ledger its next name in the database: the leaf that says so, and the checkpoint that covers it.</summary>
    /// <param name="first">The key under the first name.</param>
    /// <param name="lost">The checkpoint that was signed last.</param>
    /// <param name="ticks">How many ticks the database has.</param>
    /// <param name="cancellationToken">Honoured until it is stored.</param>
    /// <exception cref="SigningRefusedException">What was restored is no instance log.</exception>
    public async Task BeginAsync(VerifierKey first, Checkpoint lost, long ticks, CancellationToken cancellationToken)
    {
        int generation = 1 + Math.Max((await CurrentAsync(first, cancellationToken)).Generation, LedgerIdentity.GenerationOf(first.Name, lost.Origin) ?? 1);
        using LedgerIdentity keys = LedgerIdentity.Load(data.Secrets);
        using LedgerIdentity identity = keys.Named(LedgerIdentity.NameOf(first.Name, generation));
        BlockFrontier frontier = await new TreeRows(databases.Audit, null).RestoreAsync(ticks, cancellationToken)
            ?? throw new SigningRefusedException("instance log: ticks or nodes of the restored database are missing");
        (Digest previous, DateTimeOffset time) = ticks == 0 ? (Digest.Zero, DateTimeOffset.MinValue) : await LastAsync(ticks - 1, cancellationToken);
        DateTimeOffset now = clock.GetMicrosecondNow();
        byte[] leaf = new OriginLeaf(identity.Origin, ticks, now > time ? now : time, lost.Origin, lost.Size, lost.Root, previous).Encode();
        List<StoredBlock> blocks = [];
        frontier.Append(TreeHash.OfLeaf(leaf), (block, hashes) => blocks.Add(StoredBlock.Of(null, block, hashes)));
        SignedNote note = identity.Sign(identity.Origin, ticks + 1, frontier.Root());
        List<Statement> statements =
        [
            InstanceRows.Name(generation, identity.Origin, identity.VerifierKey),
            InstanceRows.Tick(ticks, leaf, TreeHash.OfLeaf(leaf)),
            InstanceRows.Checkpoint(ticks + 1, frontier.Root(), note.ToString(), now),
        ];
        if (blocks.Count > 0)
        {
            statements.Add(TreeRows.InsertOfTicks(blocks));
        }

        await databases.Audit.ExecuteAsync(statements, CancellationToken.None);
    }

    /// <summary>Says it outside the database: in the heads file, among the kept leaves, and last in the checkpoint's second place, which lets signing go on.</summary>
    /// <exception cref="SigningRefusedException">Another process replaced the checkpoint.</exception>
    public async Task PublishAsync(int generation, CancellationToken cancellationToken)
    {
        byte[]? standing = file.Read();
        byte[] renamed = await RenamedAsync(cancellationToken) ?? throw new SigningRefusedException("instance log: the leaf that names it is missing");
        IReadOnlyList<(Guid Log, LogHead Head)> heads = await HeadsAsync(cancellationToken);
        DateTimeOffset now = clock.GetMicrosecondNow();
        headsFile.BeginAnew([.. heads.Select(one => new RecordedHead(now, one.Log, one.Head.Seq, one.Head.RowHash))], generation - 1);
        Dictionary<Guid, long> next = heads.ToDictionary(one => one.Log, one => one.Head.Seq + 1);
        foreach (Guid log in KeptLeaves.Read(journal, heads.ToDictionary(one => one.Log, one => one.Head), ticks: long.MaxValue, lastSigned: -1).Rows.Select(kept => kept.Log).ToArray())
        {
            journal.Append(new VoidMark(log, next.GetValueOrDefault(log)).Encode());
        }

        journal.Append(renamed);
        journal.Flush();
        journal.Dispose(); // what is kept from here on begins a segment of its own
        string note = await databases.Audit.RowAsync(new Statement(ReadNote), reader => reader.GetString(0), cancellationToken) ?? "";
        if (!file.Replace(standing, Encoding.UTF8.GetBytes(note)))
        {
            throw new SigningRefusedException("instance log: checkpoints/instance.checkpoint was replaced by somebody else");
        }
    }

    /// <summary>Makes it an act in every workspace's log that has rows and does not tell of it yet.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (await RenamedAsync(cancellationToken) is not { } renamed)
        {
            return;
        }

        HashSet<string> told = [.. await databases.Audit.RowsAsync(new Statement(ReadTold), reader => reader.GetString(0), cancellationToken)];
        IReadOnlySet<Guid> workspaces = await KnownWorkspaces.ReadAsync(databases, cancellationToken);
        foreach ((Guid log, _) in (await HeadsAsync(cancellationToken)).Where(one => workspaces.Contains(one.Log)))
        {
            Guid id = new(SHA256.HashData([.. log.ToByteArray(bigEndian: true), .. renamed]).AsSpan(0, 16), bigEndian: true);
            if (!told.Contains($"{RestoredRange.ObjectKind}:{id}"))
            {
                AuditEvent act = new(Actor.Operator, Action, RestoredRange.ObjectKind, id, clock.GetMicrosecondNow(), SHA256.HashData(renamed), null);
                await databases.App.TransactAsync(log, transaction =>
                {
                    AuditTrail.Record(transaction, act);
                    return Task.FromResult(true);
                }, cancellationToken);
            }
        }
    }

    private async Task<byte[]?> RenamedAsync(CancellationToken cancellationToken) =>
        await databases.Audit.RowAsync(new Statement(ReadRenamed), reader => Encoding.ASCII.GetBytes(reader.GetString(0)), cancellationToken);

    private async Task<(Digest Hash, DateTimeOffset Time)> LastAsync(long seq, CancellationToken cancellationToken)
    {
        byte[] leaf = Encoding.ASCII.GetBytes(await databases.Audit.RowAsync(new Statement(ReadTick).Long(seq), reader => reader.GetString(0), cancellationToken) ?? "");
        return (TreeHash.OfLeaf(leaf), (TickLeaf.Parse(leaf)?.Time ?? OriginLeaf.Parse(leaf)?.Time)
            ?? throw new SigningRefusedException($"instance log: tick {seq} is no leaf"));
    }

    private async Task<IReadOnlyList<(Guid Log, LogHead Head)>> HeadsAsync(CancellationToken cancellationToken) => await databases.Audit.RowsAsync(
        new Statement(ReadHeads), reader => (reader.GetGuid(0), new LogHead(reader.GetInt64(1), new Digest(reader.GetFieldValue<byte[]>(2)))), cancellationToken);
}
