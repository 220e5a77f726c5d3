using System.Net;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Npgsql;

namespace Munshi.Tests.Intake;

public sealed class FullMemoryTests(PostgresTemplate postgres)
{
    private const string Blocked = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'intake.delivery'::regclass";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_memory_cannot_hold_is_answered_503_and_nothing_is_answered_200_before_it_is_durable()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation, $"--Intake:MostWaitingBytes={8 * 1024 * 1024}");
        using MetaClient meta = new(server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(Body(1000), Cancellation));
        await using NpgsqlConnection holder = await new AdminDatabase(server.Database.Address).OpenAsync(server.Database.Address.Database, Cancellation);
        await using NpgsqlTransaction held = await holder.BeginTransactionAsync(Cancellation);
        await using (NpgsqlCommand command = new("LOCK TABLE intake.delivery IN SHARE MODE", holder, held))
        {
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        // with the lock held nothing becomes durable: two are writing or waiting, and the third is too much
        Task<HttpStatusCode> first = meta.DeliverAsync(Body(3_000_000), Cancellation);
        await Eventually.TrueAsync(() => server.Database.ScalarAsync<bool>(Blocked));
        Task<HttpStatusCode>[] others = [meta.DeliverAsync(Body(3_000_000), Cancellation), meta.DeliverAsync(Body(3_000_000), Cancellation)];
        HttpStatusCode refused = await await Task.WhenAny(others);
        bool answered = first.IsCompleted || others.All(task => task.IsCompleted);
        await held.RollbackAsync(Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (refused, answered));
        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], (await Task.WhenAll(others)).Order());
        Assert.Equal(2, await server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.delivery WHERE octet_length(body_sealed) > 3000000"));
    }

    private static byte[] Body(int length) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"object":"whatsapp_business_account","entry":[{{new string(' ', length - 50)}}]}""");
}
