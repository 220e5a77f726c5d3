using Microsoft.Extensions.Hosting;
using Munshi.Channels.Egress;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Channels;

public sealed class EgressCountsTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_counted_is_written_when_the_server_stops()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);
        EgressCounts counts = server.Get<EgressCounts>();
        await counts.FlushAsync(Cancellation);
        counts.Allowed("test", "host.example");
        counts.Allowed("test", "host.example");
        counts.Refused("test", "host.example");

        await server.StopAsync();

        Assert.Equal("2 1", await server.Database.ScalarAsync<string>("SELECT allowed || ' ' || refused FROM channel.egress_count WHERE host = 'host.example'"));
    }

    [Fact]
    public async Task The_count_stops_after_the_jobs_that_call()
    {
        await using RunningServer server = await RunningServer.StartAsync(postgres, Cancellation);

        // hosted services stop in the reverse of the order in which they start
        List<Type> started = [.. server.Get<IEnumerable<IHostedService>>().Select(service => service.GetType())];

        Assert.InRange(started.IndexOf(typeof(EgressCounts)), 0, started.IndexOf(typeof(JobWorker)) - 1);
    }
}
