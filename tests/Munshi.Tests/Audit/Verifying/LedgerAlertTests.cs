using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Audit.Verifying;

public sealed class LedgerAlertTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task A_row_changed_beside_a_running_server_is_an_alert_with_row_expected_and_found()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, TestContext.Current.CancellationToken);
        using SandboxPhone phone = new(server, "919000003999");
        await phone.AskAsync("What are your timings?", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<long>($"SELECT count(*) FROM ledger.entry WHERE client_id = '{server.ClientId}' AND seq = 2") == 1);

        await server.Database.AsSuperuserAsync(
            $"""
            ALTER TABLE ledger.entry DISABLE TRIGGER immutable;
            UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE client_id = '{server.ClientId}' AND seq = 2;
            ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER immutable;
            """);

        await WithinAMinuteAsync(server, $"SELECT count(*) FROM notice.notice WHERE client_id = '{server.ClientId}' AND kind = 'ledger-broken' AND severity = 'alert'");
        string found = await server.Database.ScalarAsync<string>("SELECT kind || ' ' || seq || ' ' || found FROM ledger.verification WHERE findings > 0 ORDER BY at LIMIT 1");
        Assert.Equal("RowHash 2 " + string.Concat(Enumerable.Repeat("5a", 32)), found);
    }

    [Fact]
    public async Task What_is_found_in_the_log_of_a_workspace_that_is_gone_is_told_to_those_that_are_there()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, TestContext.Current.CancellationToken);

        await server.Database.AsSuperuserAsync(
            $"INSERT INTO ledger.entry (client_id, seq, event_id, leaf, row_hash) VALUES ('{Guid.NewGuid()}', 0, -1, 'no leaf', decode(repeat('5a', 32), 'hex'))");

        await WithinAMinuteAsync(
            server, $"SELECT count(*) FROM notice.notice WHERE client_id = '{server.ClientId}' AND kind = 'ledger-broken' AND parameters[1] = 'instance'");
    }

    private static async Task WithinAMinuteAsync(RunningServer server, string count)
    {
        using CancellationTokenSource minute = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        minute.CancelAfter(TimeSpan.FromMinutes(1));
        while (await server.Database.ScalarAsync<long>(count) == 0)
        {
            await Task.Delay(100, minute.Token);
        }
    }
}
