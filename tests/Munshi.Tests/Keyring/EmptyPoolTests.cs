using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Munshi.Intake;
using Munshi.Keyring;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Keyring;

public sealed class EmptyPoolTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Intake_goes_on_under_the_last_hours_key()
    {
        using KeyringBench bench = new();
        KeyCustodian custodian = bench.OpenFilled();
        IntakeKeys keys = new(custodian, bench.Clock);
        (Guid first, _) = keys.Current();
        bench.Clock.Now += TimeSpan.FromHours(1);
        (Guid second, _) = keys.Current();
        KeyringBench.Drain(custodian);
        bench.Clock.Now += TimeSpan.FromHours(1);

        (Guid third, KeyMaterial key) = keys.Current();

        Assert.NotEqual(first, second);
        Assert.Equal(second, third);
        Assert.NotNull(key);
        custodian.Replenish();
        Assert.NotEqual(second, keys.Current().KeyId);
    }

    [Fact]
    public async Task Messages_are_kept_while_the_pool_is_empty_and_answered_once_it_is_filled()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        using SandboxPhone known = new(server, "919000000111");
        await known.AskAsync("What are your timings?", Cancellation);
        await server.Get<IEnumerable<IHostedService>>().OfType<KeyPoolFiller>().Single().StopAsync(Cancellation);
        KeyCustodian custodian = server.Get<KeyCustodian>();
        KeyringBench.Drain(custodian);
        using SandboxPhone stranger = new(server, "919000000112");

        string sent = await stranger.WriteAsync(new { text = "What are your timings?" }, Cancellation);

        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<long>(
            "SELECT count(*) FROM work.job WHERE kind = 'intake.update' AND last_error = 'KeyPoolEmptyException' AND dead_at IS NULL") == 1);
        Assert.Equal(1, await server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.update WHERE state = 'pending' AND kind = 'message'"));
        Assert.Equal(2, await server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.delivery d WHERE problem IS NULL AND id IN (SELECT delivery_id FROM intake.update WHERE kind = 'message')"));

        custodian.Replenish();
        Assert.Contains("11 am to 8 pm", await stranger.NextFromBusinessAsync(sent, Cancellation), StringComparison.Ordinal);
        Assert.Single(await stranger.MessagesAsync(Cancellation), message => message.GetProperty("direction").ValueKind == JsonValueKind.String && message.GetProperty("direction").GetString() == "business");
    }
}
