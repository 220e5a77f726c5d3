using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Keyring;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Audit;

/// <summary>A database with its gate open, a heads file, and records kept in the test's memory.</summary>
internal sealed class AuditedDatabase : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-heads-").FullName;
    private readonly List<Sequencer> _sequencers = [];

    private AuditedDatabase(TestDatabase database)
    {
        Database = database;
        Gate = new DatabaseGate(database.Databases, NullLogger<DatabaseGate>.Instance);
        HeadsFile = new HeadsFile(new HeadsLocation(_directory));
        Recorder = new HeadsService(Heads, HeadsFile, TimeProvider.System, NullLogger<HeadsService>.Instance);
    }

    public TestDatabase Database { get; }

    public DatabaseGate Gate { get; }

    /// <summary>Without secrets.</summary>
    public DataDirectory Data => new(_directory);

    public LedgerHeads Heads { get; } = new();

    public HeadsFile HeadsFile { get; }

    public HeadsService Recorder { get; }

    public TestRecords Records { get; } = new();

    public string HeadsPath => Path.Combine(_directory, "heads.log");

    public static async Task<AuditedDatabase> CreateAsync(PostgresTemplate postgres)
    {
        AuditedDatabase audited = new(await postgres.CloneAsync());
        await audited.Gate.CheckAsync(TestContext.Current.CancellationToken);
        if (audited.Gate.IsOpen)
        {
            return audited;
        }

        string differences = string.Join('\n', audited.Gate.Differences);
        await audited.DisposeAsync();
        throw new InvalidOperationException($"The gate is closed: {differences}");
    }

    public Sequencer NewSequencer()
    {
        Sequencer sequencer = new(Database.Databases, Gate, Heads, HeadsFile, NullLogger<Sequencer>.Instance);
        _sequencers.Add(sequencer);
        return sequencer;
    }

    public async Task<Guid> AddWorkspaceAsync()
    {
        Guid clientId = Guid.NewGuid();
        await Database.AsSuperuserAsync(
            $"INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{clientId}', 'w-{clientId:n}', '\\x00', now())");
        return clientId;
    }

    /// <summary>An act with its event, and a record of it.</summary>
    public async Task<Guid> ActAsync(Guid clientId, TimeSpan age = default)
    {
        Evidence record = Evidence.Of(
            Guid.NewGuid(), new KeyMaterial(RandomNumberGenerator.GetBytes(KeyMaterial.Length)), _ => new RecordCommitment().Field("text", "Hello."), RandomNumberGenerator.GetBytes(32));
        await Database.Databases.App.TransactAsync(
            clientId,
            transaction =>
            {
                AuditTrail.Record(transaction, Received(record, age));
                return Task.FromResult(0);
            },
            TestContext.Current.CancellationToken);
        Records.Add(clientId, record);
        return record.ObjectId;
    }

    public static AuditEvent Received(Evidence record, TimeSpan age) => new(
        Actor.Customer(record.ObjectId),
        "message.received",
        "message",
        record.ObjectId,
        TimeProvider.System.GetUtcNow() - age,
        record.Commitment,
        record.CiphertextHash);

    /// <summary>Chains everything and records the heads.</summary>
    public async Task<int> DrainAsync(Sequencer sequencer)
    {
        int total = 0;
        for (int chained = -1; chained != 0; total += chained)
        {
            chained = await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken);
        }

        Recorder.RecordOnce();
        return total;
    }

    /// <summary>Two workspaces with that many acts each, of two minutes ago, chained and recorded.</summary>
    public async Task<(Guid First, Guid Second)> FillAsync(int acts)
    {
        Guid first = await AddWorkspaceAsync();
        Guid second = await AddWorkspaceAsync();
        await using Sequencer sequencer = NewSequencer();
        for (int i = 0; i < acts; i++)
        {
            await ActAsync(first, TimeSpan.FromMinutes(2));
            await ActAsync(second, TimeSpan.FromMinutes(2));
            await DrainAsync(sequencer);
        }

        return (first, second);
    }

    /// <summary>As <see cref="FillAsync"/> with four acts each; the third record of the first.</summary>
    public async Task<(Guid Log, Guid Record)> FillToRecordAsync()
    {
        (Guid log, _) = await FillAsync(4);
        string target = await Database.ScalarAsync<string>(
            $"SELECT v.object FROM audit.event v JOIN ledger.entry l ON l.event_id = v.id WHERE l.client_id = '{log}' AND l.seq = 2");
        return (log, Guid.ParseExact(target["message:".Length..], "D"));
    }

    public Task<LedgerReport> VerifyAsync(Guid? only = null, IEvidenceSource? records = null, TimeProvider? clock = null) =>
        new LedgerVerifier(Database.Databases, HeadsFile, new InstanceCheckpointFile(new HeadsLocation(_directory)), new DataDirectory(_directory), [records ?? Records], clock ?? TimeProvider.System).VerifyAsync(only, TestContext.Current.CancellationToken);

    /// <summary>What only the superuser can do: the guards off, the change, the guards on.</summary>
    public Task TamperAsync(string change) => Database.AsSuperuserAsync(
        $"""
        ALTER TABLE ledger.entry DISABLE TRIGGER immutable;
        ALTER TABLE audit.event DISABLE TRIGGER immutable;
        {change};
        ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER immutable;
        ALTER TABLE audit.event ENABLE ALWAYS TRIGGER immutable;
        """);

    public async Task TerminateAsync(string role)
    {
        try
        {
            await Database.AsSuperuserAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = '{role}' ORDER BY random() LIMIT 1");
        }
        catch (NpgsqlException)
        {
            // The next one will hit.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Sequencer sequencer in _sequencers)
        {
            await sequencer.DisposeAsync();
        }

        Recorder.Dispose();
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
