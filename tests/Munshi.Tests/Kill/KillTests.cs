using System.Security.Cryptography;
using Munshi.Tests.Database.Cluster;

namespace Munshi.Tests.Kill;

/// <summary>SIGKILL and power cuts under load: what was acknowledged is there, once, and is answered once or marked uncertain.</summary>
[Trait("Category", "Kill")]
public sealed class KillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_twenty_kills_of_the_server_nothing_acknowledged_is_lost_or_doubled()
    {
        string[] customers = Customers(12_000);
        await using KillBench bench = await KillBench.StartAsync(customers);
        using KillLoad load = new(customers, bench.Webhook);

        int asked = await load.RunAsync(async () =>
        {
            for (int kill = 0; kill < 20; kill++)
            {
                await MomentAsync();
                bench.Server.Kill();
                await bench.Server.StartAsync();
            }
        });

        await new KeptMessages(bench, customers[..asked]).AssertAsync();
    }

    [Fact]
    public async Task After_five_kills_of_PostgreSQL_nothing_acknowledged_is_lost_or_doubled()
    {
        string[] customers = Customers(4_000);
        await using KillBench bench = await KillBench.StartAsync(customers);
        using KillLoad load = new(customers, bench.Webhook);

        int asked = await load.RunAsync(async () =>
        {
            for (int kill = 0; kill < 5; kill++)
            {
                await MomentAsync();
                int killed = bench.Cluster.Postmaster()!.ProcessId;
                bench.Cluster.KillPostmaster();
                await ClusterBench.UntilAsync(() => bench.Cluster.Postmaster() is { } running && running.ProcessId != killed);
                await bench.Server.ReadyAsync();
            }
        });

        await new KeptMessages(bench, customers[..asked]).AssertAsync();
    }

    /// <remarks>A copy taken while every process stands still is what a disk holds that lost nothing it had confirmed; a disk that did cannot be imitated here.</remarks>
    [Fact]
    public async Task After_a_power_cut_nothing_acknowledged_is_lost_or_doubled()
    {
        string[] customers = Customers(2_000);
        await using KillBench bench = await KillBench.StartAsync(customers);
        using KillLoad load = new(customers, bench.Webhook);

        int asked = await load.RunAsync(async () =>
        {
            await MomentAsync();
            await bench.CutPowerAsync();
            await bench.Server.StartAsync();
        });

        await new KeptMessages(bench, customers[..asked]).AssertAsync();
    }

    [Fact]
    public async Task Two_servers_on_one_data_directory_send_nothing_twice_and_chain_nothing_twice()
    {
        string[] customers = Customers(1_000);
        await using KillBench bench = await KillBench.StartAsync(customers);
        using BuiltServer second = bench.AnotherServer();
        await second.StartAsync();
        using KillLoad load = new(customers, bench.Webhook, new Uri(second.Address, bench.Webhook.AbsolutePath));

        int asked = await load.RunAsync(() => load.AcknowledgedAsync(800));

        await new KeptMessages(bench, customers[..asked]).AssertAsync();
    }

    private static string[] Customers(int count) => [.. Enumerable.Range(0, count).Select(i => $"9190002{i:D5}")];

    private static Task MomentAsync() => Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(300, 2500)), Cancellation);
}
