using System.Net.Http.Json;
using System.Text;
using Munshi.Database;
using Munshi.Search.Finding;
using Munshi.Search.Pages;
using Munshi.Tests.Canary;
using Munshi.Tests.Database;
using Munshi.Tests.Database.Cluster;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Search;

/// <summary>
/// What can be found stands nowhere in the clear: not in the index, the WAL, a base backup, a dump, nor in the statistics of a restored and started copy.
/// Each search is tried on a text that was put there on purpose.
/// </summary>
[Trait("Category", "Drill")]
public sealed class SearchCanaryTests : IAsyncDisposable
{
    private readonly string _backup = Path.Combine(Path.GetTempPath(), $"mb-{Guid.NewGuid():N}"[..11]);

    private static readonly string[] Sought = [Canaries.Text, Canaries.HindiText, Canaries.ProfileName, Canaries.CustomerNumber[2..], "kingfisher", "मोरपंखी", "Spoonbill", "spoonbill"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_can_be_found_stands_nowhere_in_the_clear()
    {
        await using CanaryInstallation installation = await CanaryInstallation.StartAsync();
        await ConverseAsync(installation);
        await FoundAsync(installation);
        await using (Session superuser = await installation.AsSuperuserAsync())
        {
            await superuser.ExecuteAsync("SET wal_compression = off");
            await superuser.ExecuteAsync($"CREATE TABLE public.scratch AS SELECT '{Canaries.Control}' AS words FROM generate_series(1, 100)");
            await superuser.ExecuteAsync("ANALYZE");
            await superuser.ExecuteAsync("CHECKPOINT");
        }

        string dump = await installation.DumpAsync();
        await installation.BaseBackupAsync(_backup);
        string statistics = await StatisticsOfCopyAsync();
        await installation.StopAsync();

        CanarySearch search = new(Sought);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(installation.DataDirectory, "search"), "*.db", SearchOption.AllDirectories));
        Assert.Empty((string[])
        [
            .. search.Below(installation.DataDirectory, but: "secrets/"),
            .. search.Below(_backup, but: "-"),
            .. search.In("the dump", Encoding.UTF8.GetBytes(dump)),
            .. search.In("the statistics", Encoding.UTF8.GetBytes(statistics)),
        ]);

        CanarySearch control = new([Canaries.Control]);
        Assert.Contains(control.Below(installation.DataDirectory, but: "secrets/"), line => line.Contains("in pg/pg_wal/", StringComparison.Ordinal));
        Assert.Contains(control.Below(_backup, but: "-"), line => line.Contains("in base/", StringComparison.Ordinal));
        Assert.NotEmpty(control.In("the dump", Encoding.UTF8.GetBytes(dump)));
        Assert.NotEmpty(control.In("the statistics", Encoding.UTF8.GetBytes(statistics)));
        Assert.Empty(Directory.EnumerateFiles(_backup, "*.db", SearchOption.AllDirectories));
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_backup))
        {
            Directory.Delete(_backup, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private static async Task ConverseAsync(CanaryInstallation installation)
    {
        using HttpClient phone = new() { BaseAddress = installation.SandboxAddress };
        foreach (object message in (object[])[new { text = Canaries.Text, name = Canaries.ProfileName }, new { text = Canaries.HindiText }])
        {
            using HttpResponseMessage answer = await phone.PostAsJsonAsync($"phone/{Canaries.CustomerNumber}/messages", message, Cancellation);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task FoundAsync(CanaryInstallation installation)
    {
        MessageSearch search = installation.Get<MessageSearch>();
        foreach (string sought in (string[])["kingfish weave", "मोरपंखी"])
        {
            await Eventually.TrueAsync(async () => (await search.FindAsync(installation.ClientId, Request(sought), Cancellation)).Messages.Count > 0);
        }

        foreach (string sought in (string[])["spoonbill", Canaries.CustomerNumber[4..]])
        {
            await Eventually.TrueAsync(async () => (await search.FindAsync(installation.ClientId, Request(sought), Cancellation)).People.Count > 0);
        }
    }

    private static SearchRequest Request(string sought) => new(SearchQuery.Of(sought, out _)!, new SearchFilter(), null, null, null, 0);

    /// <summary>Every sampled value of every column of the copy, once it has recovered.</summary>
    private async Task<string> StatisticsOfCopyAsync()
    {
        string control = (await ClusterBench.ProgramsAsync()).Control;
        string options = $"-c unix_socket_directories={_backup} -c port=5433 -c listen_addresses=''";
        Assert.True((await ClusterBench.Command.RunAsync(control, ["start", "-w", "-D", _backup, "-l", Path.Combine(_backup, "copy.log"), "-o", options], Cancellation)).Succeeded);
        try
        {
            await using Session copy = await Session.AsSuperuserAsync(new DatabaseAddress(_backup, 5433, "munshi"));
            return string.Join('\n', await copy.LinesAsync(
                "SELECT concat_ws(' ', schemaname, tablename, attname, most_common_vals::text, histogram_bounds::text, most_common_elems::text) FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"));
        }
        finally
        {
            await ClusterBench.Command.RunAsync(control, ["stop", "-D", _backup, "-m", "fast", "-w"], CancellationToken.None);
        }
    }
}
