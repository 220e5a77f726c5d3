using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Audit.Checkpoints;

/// <summary>An audited database with a data directory, in which checkpoints are signed.</summary>
internal sealed class SignedDatabase : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-signed-").FullName;
    private readonly List<CheckpointSigner> _signers = [];

    private SignedDatabase(AuditedDatabase audited)
    {
        Audited = audited;
        Data = new DataDirectory(_directory);
        Data.Create();
        File = new InstanceCheckpointFile(new HeadsLocation(Data.Checkpoints));
        Condition = new SignedPast(Databases, File, State);
        Witnesses = NewWitnesses(WitnessPolicy.None, new HttpClient());
    }

    public AuditedDatabase Audited { get; }

    public Databases Databases => Audited.Database.Databases;

    public DataDirectory Data { get; }

    public InstanceCheckpointFile File { get; }

    public CheckpointState State { get; } = new();

    public SignedPast Condition { get; }

    /// <summary>None, until a test configures some.</summary>
    public WitnessLinks Witnesses { get; set; }

    public string FilePath => Path.Combine(Data.Checkpoints, "instance.checkpoint");

    public LeafJournal NewJournal() => new(new LeafJournalLocation(Path.Combine(Data.Checkpoints, "leaves")), TimeProvider.System);

    public static async Task<SignedDatabase> CreateAsync(PostgresTemplate postgres) => new(await AuditedDatabase.CreateAsync(postgres));

    public WitnessLinks NewWitnesses(WitnessPolicy policy, HttpClient http) => new(policy, new WitnessHttp(http), Databases, State, TimeProvider.System);

    public CheckpointSigner NewSigner(TimeProvider? clock = null)
    {
        CheckpointSigner signer = new(
            Databases, Audited.Gate, Data, new LedgerOptions { Origin = "shop.example/ledger" }, File, NewJournal(), State, Witnesses, clock ?? TimeProvider.System);
        _signers.Add(signer);
        return signer;
    }

    public RestoreCeremony NewCeremony()
    {
        LeafJournal journal = NewJournal();
        return new RestoreCeremony(
            Databases, Data, File, journal, new NewOrigin(Databases, Data, File, journal, Audited.HeadsFile, TimeProvider.System), TimeProvider.System);
    }

    /// <summary>Signs once; whatever the time.</summary>
    public async Task<TickOutcome> SignAsync()
    {
        await using CheckpointSigner signer = NewSigner();
        return await signer.TickAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    /// <summary>That many acts in one workspace, chained and signed after each.</summary>
    public async Task<Guid> FillAsync(int acts)
    {
        Guid log = await Audited.AddWorkspaceAsync();
        await using Sequencer sequencer = Audited.NewSequencer();
        for (int i = 0; i < acts; i++)
        {
            await Audited.ActAsync(log, TimeSpan.FromMinutes(2));
            await Audited.DrainAsync(sequencer);
            Assert.IsType<TickOutcome.Published>(await SignAsync());
        }

        return log;
    }

    /// <summary>An act of two minutes ago, chained.</summary>
    public async Task ActAsync(Guid log)
    {
        await Audited.ActAsync(log, TimeSpan.FromMinutes(2));
        await using Sequencer sequencer = Audited.NewSequencer();
        await Audited.DrainAsync(sequencer);
    }

    /// <summary>The number of ticks that the newest checkpoint in the database covers.</summary>
    public async Task<long> PublishedSizeAsync() => Assert.Single(await RowsAsync("SELECT max(size) FROM ledger.instance_checkpoint", reader => reader.GetInt64(0)));

    public WitnessPolicy Use(HttpClient http, int quorum, params ConfiguredWitness[] witnesses)
    {
        WitnessPolicy policy = new(witnesses, quorum);
        Witnesses = NewWitnesses(policy, http);
        return policy;
    }

    /// <summary>The database as a backup held it, when the log had that many rows and ticks.</summary>
    /// <param name="log">The workspace's.</param>
    /// <param name="rows">That many.</param>
    /// <param name="ticks">As many as rows where it is not said.</param>
    /// <param name="waiting">So many events more, whose rows were not written yet.</param>
    public async Task RollBackAsync(Guid log, int rows, int? ticks = null, int waiting = 0)
    {
        int size = ticks ?? rows;
        IReadOnlyList<Guid> lost = await RowsAsync(
            $"SELECT substr(e.object, 9)::uuid FROM audit.event e JOIN ledger.entry l ON l.event_id = e.id WHERE l.client_id = '{log}' AND l.seq >= {rows + waiting} AND e.object LIKE 'message:%'", reader => reader.GetGuid(0));
        foreach (Guid record in lost)
        {
            Audited.Records.Remove(log, record);
        }

        await Audited.Database.AsSuperuserAsync(
            $"ALTER TABLE audit.event DISABLE TRIGGER immutable; DELETE FROM audit.event WHERE id IN (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq >= {rows + waiting}); UPDATE audit.sequencer_cursor SET xid = '0', id = 0; ALTER TABLE audit.event ENABLE ALWAYS TRIGGER immutable");
        await TamperAsync("cosignature", $"DELETE FROM ledger.cosignature WHERE size > {size}");
        await TamperAsync("entry", $"DELETE FROM ledger.entry WHERE client_id = '{log}' AND seq >= {rows}");
        await TamperAsync("instance_checkpoint", $"DELETE FROM ledger.instance_checkpoint WHERE size > {size}");
        await TamperAsync("checkpoint", $"DELETE FROM ledger.checkpoint WHERE tick >= {size}");
        await TamperAsync("tick", $"DELETE FROM ledger.tick WHERE seq >= {size}");
        await TamperAsync("tick_node", $"DELETE FROM ledger.tick_node WHERE (index + 1) * 16 > {size}");
        await TamperAsync("node", $"DELETE FROM ledger.node WHERE client_id = '{log}' AND (index + 1) * 16 > {rows}");
        await TamperAsync("place", $"DELETE FROM ledger.place WHERE client_id = '{log}' AND seq >= {rows}");
    }

    /// <summary>The database as a backup held it, the kept leaves gone: the ledger goes on under its next name, with a row that says so and an act.</summary>
    public async Task BeginAnewAsync(Guid log, int rows)
    {
        await RollBackAsync(log, rows);
        Directory.Delete(Path.Combine(Data.Checkpoints, "leaves"), recursive: true);
        await NewCeremony().RunAsync(true, TestContext.Current.CancellationToken);
        await ActAsync(log);
        Assert.IsType<TickOutcome.Published>(await SignAsync());
    }

    /// <summary>Of all rows of a table.</summary>
    public async Task<string> DigestAsync(string table) => Assert.Single(
        await RowsAsync($"SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM ledger.{table} t", reader => reader.GetString(0)));

    /// <summary>What one who has the database and the secrets can do: chain, nodes, checkpoints and ticks made anew from a row on.</summary>
    public async Task ForgeFromAsync(Guid log, long seq)
    {
        foreach (string table in (string[])["instance_checkpoint", "tick", "tick_node", "checkpoint", "node"])
        {
            await TamperAsync(table, $"DELETE FROM ledger.{table}");
        }

        System.IO.File.Delete(FilePath);
        IReadOnlyList<(long Seq, byte[] Leaf)> rows = await RowsAsync(
            $"SELECT seq, convert_to(leaf, 'UTF8') FROM ledger.entry WHERE client_id = '{log}' ORDER BY seq", reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        Digest previous = Digest.Zero;
        foreach ((long at, byte[] text) in rows)
        {
            LedgerLeaf leaf = Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(text)).Leaf with { Previous = previous };
            byte[] forged = (at == seq ? leaf with { Action = "message.withdrawn" } : leaf).Encode();
            previous = LedgerLeaf.RowHash(forged);
            await TamperAsync(
                "entry", $"UPDATE ledger.entry SET leaf = convert_from('\\x{Convert.ToHexString(forged)}', 'UTF8'), row_hash = '\\x{previous}' WHERE client_id = '{log}' AND seq = {at}");
        }

        Assert.IsType<TickOutcome.Published>(await SignAsync());
    }

    public Task<LedgerReport> VerifyAsync() => new LedgerVerifier(Databases, Audited.HeadsFile, File, Data, [Audited.Records], TimeProvider.System)
        .VerifyAsync(null, TestContext.Current.CancellationToken);

    /// <summary>What only the superuser can do: the guards of a table off, the change, the guards on.</summary>
    public Task TamperAsync(string table, string change) => Audited.Database.AsSuperuserAsync(
        $"ALTER TABLE ledger.{table} DISABLE TRIGGER ALL; {change}; ALTER TABLE ledger.{table} ENABLE TRIGGER ALL; ALTER TABLE ledger.{table} ENABLE ALWAYS TRIGGER immutable; ALTER TABLE ledger.{table} ENABLE ALWAYS TRIGGER never_emptied;");

    public Task<IReadOnlyList<T>> RowsAsync<T>(string query, Func<NpgsqlDataReader, T> map) =>
        Databases.Reader.RowsAsync(new Statement(query), map, TestContext.Current.CancellationToken);

    /// <summary>The checkpoint of a note that the key signed.</summary>
    public static Checkpoint Open(string note, VerifierKey key)
    {
        SignedNote signed = Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(note))).Note;
        Assert.IsType<NoteVerification.Verified>(signed.Verify([key]));
        return Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(signed.Text.Span)).Checkpoint;
    }

    public async Task<VerifierKey> KeyAsync() => Assert.IsType<VerifierKeyParse.Parsed>(
        VerifierKey.Parse(Assert.Single(await RowsAsync("SELECT vkey FROM ledger.identity", reader => reader.GetString(0))))).Key;

    public async Task<Digest[]> RowHashesAsync(Guid log) =>
        [.. await RowsAsync($"SELECT row_hash FROM ledger.entry WHERE client_id = '{log}' ORDER BY seq", reader => new Digest(reader.GetFieldValue<byte[]>(0)))];

    public async ValueTask DisposeAsync()
    {
        foreach (CheckpointSigner signer in _signers)
        {
            await signer.DisposeAsync();
        }

        await Audited.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
