using System.Net.Http.Json;
using System.Text.Json;
using Munshi.Audit.Witnesses;
using Munshi.Channels.Egress;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Witnesses;

/// <summary>The whole server beside a witness, from the first start on.</summary>
public sealed class WitnessedServerTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_waits_for_a_witness_that_does_not_know_it_yet_and_then_shows_how_far_it_cosigned()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await using RunningServer server = await RunningServer.StartAsync(
            postgres, Cancellation, $"--Ledger:Witnesses:0:Vkey={WorkedLog.WitnessVkey}", $"--Ledger:Witnesses:0:Url={witness.Address}", "--Ledger:Origin=shop.example/ledger");
        InstallationDatabase reader = server.Get<Databases>().Reader;
        await Eventually.TrueAsync(async () => (await ReadyAsync(server)).GetProperty("signing").GetString() == "waiting for 1 of 1 witnesses");
        JsonElement waiting = await ReadyAsync(server);
        WitnessListing before = await WitnessListing.ReadAsync(reader, server.Get<WitnessPolicy>(), Cancellation);

        await File.WriteAllTextAsync(witness.Directory.Logs, $"{before.Vkey}\n", Cancellation);
        await Eventually.TrueAsync(async () => (await ReadyAsync(server)).GetProperty("witnesses").GetProperty("cosignedSize").ValueKind == JsonValueKind.Number
            && (await WitnessListing.ReadAsync(reader, server.Get<WitnessPolicy>(), Cancellation)).CosignedSize > 0);

        JsonElement ready = await ReadyAsync(server);
        WitnessListing after = await WitnessListing.ReadAsync(reader, server.Get<WitnessPolicy>(), Cancellation);
        Assert.True(waiting.GetProperty("ready").GetBoolean());
        Assert.Equal((0L, (long?)null), (before.Size, before.CosignedSize));
        Assert.Equal(("on", 1, 1, 1), (
            ready.GetProperty("signing").GetString(), ready.GetProperty("witnesses").GetProperty("count").GetInt32(),
            ready.GetProperty("witnesses").GetProperty("quorum").GetInt32(), ready.GetProperty("witnesses").GetProperty("reachable").GetInt32()));
        Assert.True(ready.GetProperty("witnesses").GetProperty("cosignedAgeSeconds").GetDouble() < 60);
        Assert.DoesNotContain("127.0.0.1", ready.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("witness.example", ready.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("shop.example/ledger", 1, "witness.example/w1"), (after.Origin, after.Quorum, Assert.Single(after.Witnesses).Name));
        Assert.Equal(after.CosignedSize, after.Witnesses[0].CosignedSize);
    }

    [Fact]
    public async Task Witnesses_are_reached_through_the_egress_gate_and_counted()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        await using TestDatabase database = await postgres.CloneAsync();
        using EgressCounts counts = new(database.Databases, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<EgressCounts>.Instance);
        using HttpClient http = WitnessHttp.Create(new WitnessPolicy([witness.Configured], 1), counts).Client;

        Assert.True((await http.GetAsync(new Uri(witness.Address, "healthz"), Cancellation)).IsSuccessStatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://elsewhere.example/", Cancellation));
        await counts.FlushAsync(Cancellation);

        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT sum(allowed)::bigint FROM channel.egress_count WHERE subprocessor = 'witness'"));
    }

    private static async Task<JsonElement> ReadyAsync(RunningServer server)
    {
        using HttpClient http = new() { BaseAddress = server.Address };
        using HttpResponseMessage answer = await http.GetAsync("readyz", Cancellation);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
