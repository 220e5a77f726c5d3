using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Tests.Database.Cluster;
using Munshi.Tests.Kill;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>A SIGKILL between any two statements of sequencer and signer, and between a commit and its answer.</summary>
[Trait("Category", "Kill")]
public sealed class CrashTests
{
    /// <summary>Enough that nodes are stored, of the workspace's log and of the instance log.</summary>
    private const int MostTicks = 18;

    private const int MostRuns = 250;

    /// <summary>If none was killed before one of them, the tap has seen nothing. What else there is is found by running, not by a list.</summary>
    private static readonly string[] KnownWrites =
    [
        "INSERT INTO ledger.entry", "UPDATE audit.sequencer_cursor", "INSERT INTO ledger.identity", "INSERT INTO ledger.node", "INSERT INTO ledger.checkpoint",
        "INSERT INTO ledger.place", "INSERT INTO ledger.tick ", "INSERT INTO ledger.tick_node", "INSERT INTO ledger.instance_checkpoint",
    ];

    /// <summary>Those that end a transaction again and again: one was killed when it was committed and its answer had not come.</summary>
    private static readonly string[] KnownCommits = ["UPDATE audit.sequencer_cursor", "INSERT INTO ledger.tick ", "INSERT INTO ledger.instance_checkpoint"];

    [Fact]
    public async Task Killed_between_any_two_statements_of_sequencer_and_signer_the_next_process_goes_on_and_nothing_is_lost_doubled_or_flagged()
    {
        await using ClusterBench cluster = new();
        Directory.CreateDirectory(cluster.DataDirectory);
        await using ClusterLease lease = await cluster.AcquireAsync();
        using BuiltServer server = new(cluster.DataDirectory, new Uri("http://127.0.0.1:9/"));
        await server.RunAsync("migrate");
        await server.RunAsync("workspace", "create", "crash", "--name", "Aparajita Sarees");
        CrashPlaces places = new(server.Kill);
        await using StatementTap tap = new(lease.Location.SocketDirectory, lease.Location.Port, "munshi_audit", places.MayPass);
        DataDirectory data = new(cluster.DataDirectory);
        DatabaseAddress address = new(lease.Location.SocketDirectory, tap.DirectPort, "munshi");
        await using Databases databases = new(address, RoleSecrets.Load(data.Secrets));
        SignedByServer ledger = new(databases, data, address);

        int runs = 0;
        for (bool survived = false; !survived; runs++)
        {
            Assert.True(runs < MostRuns, $"{runs} kills, and still new places:\n{string.Join('\n', places.Seen.TakeLast(10))}");
            await ledger.ActAsync();
            Task killed = places.Arm();
            server.Launch();
            survived = await ledger.SettleAsync(MostTicks, killed);
            await ledger.AssertAsItWasAsync();
        }

        Assert.All(KnownWrites, write => Assert.Contains(places.Seen, place => place.Contains($"→ {write}", StringComparison.Ordinal)));
        Assert.All(KnownCommits, write => Assert.Contains(
            places.Seen, place => place.StartsWith(write, StringComparison.Ordinal) && place.EndsWith($"→ {TappedConnection.Answered}", StringComparison.Ordinal)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{runs - 1} kills:\n{string.Join('\n', places.Seen)}");
        await ledger.AssertCompleteAsync();
    }
}
