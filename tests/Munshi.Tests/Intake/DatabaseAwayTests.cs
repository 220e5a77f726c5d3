using System.Net;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Npgsql;

namespace Munshi.Tests.Intake;

public sealed class DatabaseAwayTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_database_a_delivery_is_answered_503_and_a_later_attempt_is_kept(bool appIsKnown)
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using MetaClient meta = new(server.Webhook, RunningServer.AppSecret);
        byte[] body = MetaPayload.Messages(MetaPayload.Text("919000005001", "What are your timings?"));
        if (appIsKnown)
        {
            Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(), Cancellation));
        }

        await AllowAsync(server, false);
        HttpStatusCode refused = await meta.DeliverAsync(body, Cancellation);
        await AllowAsync(server, true);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused);
        await Eventually.TrueAsync(async () => await meta.DeliverAsync(body, Cancellation) == HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.message WHERE direction = 'in'") == 1);
    }

    [Fact]
    public async Task The_sandbox_delivers_again_until_the_database_is_back()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using SandboxPhone phone = new(server, "919000005002");
        await AllowAsync(server, false);
        string id = await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => (await server.SandboxStateAsync()).GetProperty("retried").GetInt64() >= 1);

        await AllowAsync(server, true);

        Assert.StartsWith("Aparajita Sarees is open", await phone.NextFromBusinessAsync(id, Cancellation), StringComparison.Ordinal);
    }

    private static async Task AllowAsync(RunningServer server, bool allow)
    {
        DatabaseAddress address = server.Database.Address;
        await using NpgsqlConnection connection = await new AdminDatabase(address).OpenAsync("postgres", Cancellation);
#pragma warning disable CA2100 // a name made by the test
        await using NpgsqlCommand command = new(
            $"""
            ALTER DATABASE {address.Database} ALLOW_CONNECTIONS {allow};
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{address.Database}'
            """,
            connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
