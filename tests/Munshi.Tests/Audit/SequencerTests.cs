using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit;
using Munshi.Database.Manifest;
using Munshi.Ledger;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Audit;

public sealed class SequencerTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task Each_workspace_s_events_are_chained_in_its_own_log()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);

        (Guid first, Guid second) = await audited.FillAsync(3);

        await LedgerFacts.AssertCompleteAsync(audited.Database);
        Assert.Equal(3, await audited.Database.ScalarAsync<long>($"SELECT count(*) FROM ledger.entry WHERE client_id = '{first}'"));
        Assert.Equal(3, await audited.Database.ScalarAsync<long>($"SELECT count(*) FROM ledger.entry WHERE client_id = '{second}'"));
    }

    [Fact]
    public async Task A_leaf_says_what_the_event_says_to_the_microsecond()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        await audited.Database.AsSuperuserAsync(
            $"""
            INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash) VALUES
                ('{clientId}', '2026-11-21 15:00:00.123456+05:30', 'program:sender', 'message.accepted', 'message:11112222-3333-4444-8555-666677778888', NULL, '\x{new string('a', 64)}')
            """);

        await audited.DrainAsync(audited.NewSequencer());

        Assert.Equal(
            $"""
            munshi-leaf/1
            log {clientId}
            seq 0
            time 2026-11-21T09:30:00.123456Z
            actor program:sender
            action message.accepted
            object message:11112222-3333-4444-8555-666677778888
            commitment -
            ciphertext {new string('a', 64)}
            previous {new string('0', 64)}

            """,
            await audited.Database.ScalarAsync<string>("SELECT leaf FROM ledger.entry"));
    }

    [Fact]
    public async Task A_backlog_larger_than_a_batch_is_chained_batch_by_batch()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await BacklogAsync(audited, await audited.AddWorkspaceAsync(), 11_001);
        Sequencer sequencer = audited.NewSequencer();
        List<int> batches = [];

        do
        {
            batches.Add(await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));
        }
        while (batches[^1] != 0);

        Assert.Equal([5000, 5000, 1001, 0], batches);
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task What_commits_after_the_next_batch_was_read_ahead_is_chained_too()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        await BacklogAsync(audited, clientId, 5_500);
        Sequencer sequencer = audited.NewSequencer();
        Assert.Equal(5000, await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));

        await BacklogAsync(audited, clientId, 700); // in no batch that was read

        Assert.Equal(1200, await audited.DrainAsync(sequencer));
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task An_open_transaction_holds_up_no_one_and_is_chained_when_it_commits()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        Sequencer sequencer = audited.NewSequencer();
        await using NpgsqlConnection idle = await new Munshi.Database.AdminDatabase(audited.Database.Address)
            .OpenAsync(audited.Database.Address.Database, TestContext.Current.CancellationToken);
        await using NpgsqlTransaction open = await idle.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand insert = new(
            "INSERT INTO audit.event (client_id, at, actor, action, object) VALUES ($1, now(), 'program:intake', 'message.received', 'message:11112222-3333-4444-8555-666677778888')",
            idle);
        insert.Parameters.Add(new NpgsqlParameter { Value = clientId });
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        for (int i = 0; i < 3; i++)
        {
            await audited.ActAsync(clientId);
            Assert.Equal(1, await audited.DrainAsync(sequencer));
        }

        await open.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await audited.DrainAsync(sequencer));
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task Under_rollbacks_and_killed_backends_every_committed_event_is_chained_once()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid[] workspaces = [await audited.AddWorkspaceAsync(), await audited.AddWorkspaceAsync(), await audited.AddWorkspaceAsync()];
        ConcurrentBag<Guid> acknowledged = [];
        using CancellationTokenSource finished = new();

        Task chaining = ChainUntilAsync(audited.NewSequencer(), finished.Token);
        Task<int> killing = KillUntilAsync(audited, finished.Token);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => WriteAsync(audited, workspaces[writer % 3], acknowledged)));
        await finished.CancelAsync();
        await chaining;
        int killed = await killing;
        await DrainThroughFailuresAsync(audited);

        Assert.True(killed > 5, $"only {killed} kills");
        await LedgerFacts.AssertCompleteAsync(audited.Database);
        await audited.Database.AsSuperuserAsync("CREATE TABLE public.acknowledged (object text)");
        foreach (Guid[] ids in acknowledged.Chunk(1000))
        {
            await audited.Database.AsSuperuserAsync($"INSERT INTO public.acknowledged VALUES {string.Join(',', ids.Select(id => $"('message:{id}')"))}");
        }

        Assert.Equal(0, await audited.Database.ScalarAsync<long>(
            "SELECT count(*) FROM public.acknowledged a WHERE NOT EXISTS (SELECT FROM ledger.entry l JOIN audit.event v ON v.id = l.event_id WHERE v.object = a.object)"));
    }

    [Fact]
    public async Task Of_two_sequencers_one_chains_and_the_other_waits()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        Sequencer leader = audited.NewSequencer();
        Sequencer other = audited.NewSequencer();
        await audited.DrainAsync(leader);
        await audited.ActAsync(clientId);

        Assert.Equal(0, await other.DrainOnceAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await leader.DrainOnceAsync(TestContext.Current.CancellationToken));

        await leader.DisposeAsync();
        await audited.ActAsync(clientId);
        Assert.Equal(1, await other.DrainOnceAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await leader.DrainOnceAsync(TestContext.Current.CancellationToken));
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task Two_sequencers_whose_connections_are_cut_chain_each_event_once()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        using CancellationTokenSource finished = new();

        Task[] chaining = [ChainUntilAsync(audited.NewSequencer(), finished.Token), ChainUntilAsync(audited.NewSequencer(), finished.Token)];
        for (int i = 0; i < 30; i++)
        {
            await BacklogAsync(audited, clientId, 300);
            await audited.TerminateAsync("munshi_audit");
        }

        await finished.CancelAsync();
        await Task.WhenAll(chaining);
        await DrainThroughFailuresAsync(audited);
        Assert.Equal(9000, await audited.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry"));
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task A_row_appended_behind_its_back_is_refused_by_the_database_and_the_heads_are_read_again()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        Sequencer sequencer = audited.NewSequencer();
        await audited.ActAsync(clientId);
        await audited.DrainAsync(sequencer);
        await audited.ActAsync(clientId);
        await AppendAsAnotherAsync(audited, clientId);
        await audited.ActAsync(clientId);

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(() => sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, refusal.SqlState);
        Assert.Equal(1, await audited.DrainAsync(sequencer));
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    [Fact]
    public async Task A_cursor_brought_from_another_cluster_hides_no_event()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        await audited.Database.AsSuperuserAsync("UPDATE audit.sequencer_cursor SET xid = '999999999999', id = 7");
        await audited.ActAsync(clientId);

        Assert.Equal(1, await audited.DrainAsync(audited.NewSequencer()));
    }

    [Fact]
    public async Task Nothing_is_chained_while_the_gate_is_closed()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        DatabaseGate closed = new(audited.Database.Databases, NullLogger<DatabaseGate>.Instance);
        await audited.ActAsync(await audited.AddWorkspaceAsync());
        await using Sequencer sequencer = new(audited.Database.Databases, closed, audited.Heads, audited.HeadsFile, NullLogger<Sequencer>.Instance);

        Assert.Equal(0, await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));

        await closed.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_service_goes_on_after_its_connection_is_cut()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid clientId = await audited.AddWorkspaceAsync();
        using SequencerService service = new(audited.NewSequencer(), new SequencerLoad(TimeProvider.System), TimeProvider.System, NullLogger<SequencerService>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);

        await audited.ActAsync(clientId);
        await UntilAsync(async () => await EntriesAsync(audited) == 1);
        await audited.TerminateAsync("munshi_audit");
        await audited.ActAsync(clientId);
        await UntilAsync(async () => await EntriesAsync(audited) == 2);

        await service.StopAsync(TestContext.Current.CancellationToken);
        await LedgerFacts.AssertCompleteAsync(audited.Database);
    }

    private static Task<long> EntriesAsync(AuditedDatabase audited) => audited.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30), "not within 30 s");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static Task BacklogAsync(AuditedDatabase audited, Guid clientId, int count) => audited.Database.AsSuperuserAsync(
        $"""
        INSERT INTO audit.event (client_id, at, actor, action, object)
        SELECT '{clientId}', now(), 'program:intake', 'message.received', 'message:' || gen_random_uuid() FROM generate_series(1, {count})
        """);

    private static async Task WriteAsync(AuditedDatabase audited, Guid clientId, ConcurrentBag<Guid> acknowledged)
    {
        for (int i = 0; i < 40; i++)
        {
            Evidence[] records = [.. Enumerable.Range(0, 1 + RandomNumberGenerator.GetInt32(4)).Select(_ => new Evidence(Guid.NewGuid(), null, null, true))];
            try
            {
                await audited.Database.Databases.App.TransactAsync(
                    clientId,
                    async transaction =>
                    {
                        foreach (Evidence record in records)
                        {
                            await transaction.ExecuteAsync(AuditTrail.Statement(clientId, AuditedDatabase.Received(record, TimeSpan.Zero)));
                            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(30)), TimeProvider.System, CancellationToken.None);
                        }

                        return RandomNumberGenerator.GetInt32(10) == 0 ? throw new OperationCanceledException("rolled back") : 0;
                    },
                    CancellationToken.None);
            }
            catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
            {
                continue;
            }

            foreach (Evidence record in records)
            {
                acknowledged.Add(record.ObjectId);
            }
        }
    }

    private static async Task ChainUntilAsync(Sequencer sequencer, CancellationToken finished)
    {
        while (!finished.IsCancellationRequested)
        {
            try
            {
                await sequencer.DrainOnceAsync(CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // Its connection was cut; the next call carries on.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        await sequencer.DisposeAsync();
    }

    private static async Task<int> KillUntilAsync(AuditedDatabase audited, CancellationToken finished)
    {
        int killed = 0;
        while (!finished.IsCancellationRequested)
        {
            await audited.TerminateAsync(killed % 4 == 3 ? "munshi_audit" : "munshi_app");
            killed++;
            await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System, CancellationToken.None);
        }

        return killed;
    }

    private static async Task DrainThroughFailuresAsync(AuditedDatabase audited)
    {
        Sequencer sequencer = audited.NewSequencer();
        await UntilAsync(async () =>
        {
            try
            {
                await audited.DrainAsync(sequencer);
                return sequencer.IsLeading;
            }
            catch (NpgsqlException)
            {
                return false; // a pooled connection that was cut while it rested
            }
        });
    }

    private static async Task AppendAsAnotherAsync(AuditedDatabase audited, Guid clientId)
    {
        LedgerLeaf leaf = new()
        {
            Log = clientId,
            Seq = 1,
            Time = new DateTimeOffset(await audited.Database.ScalarAsync<DateTime>("SELECT at FROM audit.event ORDER BY id DESC LIMIT 1")),
            Actor = "program:intake",
            Action = "message.received",
            Target = "message:11112222-3333-4444-8555-666677778888",
            Commitment = null,
            CiphertextHash = null,
            Previous = new Digest(await audited.Database.ScalarAsync<byte[]>("SELECT row_hash FROM ledger.entry")),
        };
        await audited.Database.AsSuperuserAsync(
            $"INSERT INTO ledger.entry SELECT client_id, 1, id, '{leaf}', sha256('\\x00'::bytea || convert_to('{leaf}', 'UTF8')) FROM audit.event ORDER BY id DESC LIMIT 1");
    }
}
