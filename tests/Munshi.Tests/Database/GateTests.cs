using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Intake;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Database;

public sealed class GateTests(PostgresTemplate postgres)
{
    private const string Weaken = "ALTER TABLE vault.message DISABLE TRIGGER immutable";
    private const string Mend = "ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_gate_is_closed_until_it_has_looked()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        DatabaseGate gate = new(database.Databases, NullLogger<DatabaseGate>.Instance);
        Assert.False(gate.IsOpen);

        await gate.CheckAsync(Cancellation);

        Assert.True(gate.IsOpen);
        Assert.Empty(gate.Differences);
    }

    [Fact]
    public async Task A_weakened_database_closes_the_gate_and_the_mend_opens_it()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        DatabaseGate gate = new(database.Databases, NullLogger<DatabaseGate>.Instance);
        await database.AsSuperuserAsync(Weaken);

        await gate.CheckAsync(Cancellation);
        Assert.False(gate.IsOpen);
        Assert.Contains(gate.Differences, difference => difference.ToString().StartsWith("missing: trigger|vault.message|always CREATE TRIGGER immutable", StringComparison.Ordinal));

        await database.AsSuperuserAsync(Mend);
        await gate.CheckAsync(Cancellation);
        Assert.True(gate.IsOpen);
        Assert.Empty(gate.Differences);
    }

    [Fact]
    public async Task A_difference_that_weakens_nothing_is_told_and_leaves_the_gate_open()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        DatabaseGate gate = new(database.Databases, NullLogger<DatabaseGate>.Instance);
        await database.AsSuperuserAsync("ALTER TABLE vault.message ADD COLUMN note uuid");

        await gate.CheckAsync(Cancellation);

        Assert.True(gate.IsOpen);
        Assert.Equal("not expected: column|vault.message|note uuid", Assert.Single(gate.Differences).ToString());
    }

    [Fact]
    public async Task A_database_that_refuses_to_be_looked_at_closes_the_gate()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        DatabaseGate gate = new(database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        await database.AsSuperuserAsync("REVOKE EXECUTE ON FUNCTION pg_catalog.pg_get_triggerdef(oid) FROM PUBLIC");

        await gate.CheckAsync(Cancellation);

        Assert.False(gate.IsOpen);
        Assert.Contains("refused with 42501", Assert.Single(gate.Differences).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_gate_closed_deliveries_are_kept_and_nothing_else_is_done_until_it_opens()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using SandboxPhone phone = new(server, "919000000121");
        DatabaseGate gate = server.Get<DatabaseGate>();
        await server.Database.AsSuperuserAsync(Weaken);
        await gate.CheckAsync(Cancellation);

        string sent = await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);

        // The sandbox calls a message delivered once the webhook was answered 200.
        await Eventually.TrueAsync(async () => (await phone.MessagesAsync(Cancellation)).Single().GetProperty("status").GetString() == "delivered");
        Assert.Equal(1, await server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL"));
        Assert.Equal(0, await server.Get<DeliverySorter>().SortAsync(Cancellation));
        Assert.Equal(0, await server.Get<JobWorker>().RunDueAsync(Cancellation));
        Assert.Equal(0, await server.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM intake.update) + (SELECT count(*) FROM work.job) + (SELECT count(*) FROM vault.message)"));

        await server.Database.AsSuperuserAsync(Mend);
        await gate.CheckAsync(Cancellation);
        Assert.Contains("11 am to 8 pm", await phone.NextFromBusinessAsync(sent, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_gate_closed_nothing_is_sent_and_nothing_is_chained()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event") == await server.Database.ScalarAsync<long>("SELECT count(*) FROM ledger.entry"));
        await server.Database.AsSuperuserAsync(Weaken);
        await server.Get<DatabaseGate>().CheckAsync(Cancellation);

        await server.Database.AsSuperuserAsync(
            $"""
            INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) VALUES ('{server.ClientId}', gen_random_uuid(), 'channel.send', gen_random_uuid(), now(), now());
            INSERT INTO audit.event (client_id, at, actor, action, object) VALUES ('{server.ClientId}', now(), 'program:operator', 'test.made', 'test:{Guid.NewGuid()}');
            """);

        Assert.Equal(0, await server.Get<JobWorker>().RunDueAsync(Cancellation));
        Assert.Equal(0, await server.Database.ScalarAsync<int>("SELECT max(attempts) FROM work.job WHERE kind = 'channel.send'"));
        Assert.Equal(1, await server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event e WHERE NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id)"));

        await server.Database.AsSuperuserAsync(Mend);
        await server.Get<DatabaseGate>().CheckAsync(Cancellation);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event e WHERE NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id)") == 0);
    }
}
