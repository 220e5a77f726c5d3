using Munshi.Audit;
using Munshi.Audit.Checkpoints;
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
    }

    public AuditedDatabase Audited { get; }

    public Databases Databases => Audited.Database.Databases;

    public DataDirectory Data { get; }

    public InstanceCheckpointFile File { get; }

    public CheckpointState State { get; } = new();

    public SignedPast Condition { get; }

    public string FilePath => Path.Combine(Data.Checkpoints, "instance.checkpoint");

    public LeafJournal NewJournal() => new(new LeafJournalLocation(Path.Combine(Data.Checkpoints, "leaves")), TimeProvider.System);

    public static async Task<SignedDatabase> CreateAsync(PostgresTemplate postgres) => new(await AuditedDatabase.CreateAsync(postgres));

    public CheckpointSigner NewSigner(TimeProvider? clock = null)
    {
        CheckpointSigner signer = new(
            Databases, Audited.Gate, Data, new LedgerOptions { Origin = "shop.example/ledger" }, File, NewJournal(), State, clock ?? TimeProvider.System);
        _signers.Add(signer);
        return signer;
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
