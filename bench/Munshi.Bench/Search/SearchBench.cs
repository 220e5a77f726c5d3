using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Search;
using Munshi.Search.Feeding;
using Munshi.Search.Finding;
using Munshi.Search.Index;
using Munshi.Search.Pages;
using Munshi.Vault;

namespace Munshi.Bench.Search;

/// <summary>The index made anew over a full vault, and searches from what was typed to decrypted hits.</summary>
internal static class SearchBench
{
    private const int Searchers = 4;
    private const int MessagesOfAConversation = 5_000;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        long messages = Environment.GetEnvironmentVariable("MESSAGES") is { } asked ? long.Parse(asked, CultureInfo.InvariantCulture) : options.Pick(1_000_000, 20_000);
        int queries = options.Pick(100, 10);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        await munshi.StopServingAsync();
        Installation installation = await munshi.OpenAsync(cancellationToken);
        SyntheticText texts = new();
        int chats = (int)Math.Max(5, messages / MessagesOfAConversation);
        await FilledVault.FillAsync(munshi, installation, options, chats, messages, texts, cancellationToken);

        await using ServiceProvider services = Services(munshi, options);
        IndexFolder folder = services.GetRequiredService<IndexFolder>();
        folder.Remove(munshi.ClientId);
        MessageSearch search = services.GetRequiredService<MessageSearch>();
        (double rate, double cores, double whileBuilding) = await BuildAsync(munshi, services, search, texts, cancellationToken);
        double megabytes = new FileInfo(folder.Find(munshi.ClientId)!).Length / 1e6;
        Console.Error.WriteLine($"built: {rate:F0} messages/s on {cores:F2} cores, {megabytes:F0} MB");

        await AskAsync(search, munshi.ClientId, texts, queries / 5, 1, cancellationToken); // warm up
        Dictionary<string, double[]> alone = await AskAsync(search, munshi.ClientId, texts, queries, 2, cancellationToken);
        Dictionary<string, double[]>[] together = await Task.WhenAll(Enumerable.Range(0, Searchers).Select(searcher =>
            Task.Run(() => AskAsync(search, munshi.ClientId, texts, queries / 2, 10 + searcher, cancellationToken), cancellationToken)));
        Measure[] cold = await ColdAsync(munshi, services, search, texts, queries / 5, cancellationToken);
        IReadOnlyList<Measure> read;
        await using (WebApplication app = Server.Build(new DataDirectory(Path.Combine(options.Directory, "data")), munshi.Connect("munshi"), lease: null, port: 0))
        {
            read = await InboxPages.ReadAsync(munshi, app.Services, queries * 2, cancellationToken); // it is not started
        }

        await munshi.ServeAsync(cancellationToken);
        IReadOnlyList<Measure> fetched = await InboxPages.FetchAsync(munshi, queries * 2, cancellationToken);
        return new Report(
            "Search",
            [
                $"{messages.ToString("#,0", CultureInfo.InvariantCulture)} messages of {chats.ToString("#,0", CultureInfo.InvariantCulture)} conversations over four years in one workspace: synthetic English, Hindi, Bengali and Hinglish, 11 words on average, 124,000 words, sealed as the program seals them. The cluster runs on the same cores, the server does not.",
                "Build: the class behind the background service, read, opened, folded, hashed and written, from the newest message backwards, until the index is whole. Cores: of this process alone; PostgreSQL's share comes on top.",
                $"Search: the class behind the page, from what was typed to decrypted snippets of 20 messages, everything warm; {queries} of each of 7 kinds, by chance in the four languages. Together: {Searchers} searchers at once.",
                "Inbox and conversations: pages of 50, the newest list and the one below it, conversations by chance; the classes behind the pages, then requests to the built server.",
                cold.Length > 0
                    ? $"Cold: PostgreSQL restarted and the system's page cache dropped before each of {queries / 5} searches, all kinds in turns; this process stays."
                    : "Not measured here: cold caches, which only root can empty.",
            ],
            [
                new Measure("build", "messages/s", [rate], AtLeast: 15_000),
                new Measure("build: a core's", "messages/s", [rate / Math.Max(1, cores)]),
                new Measure("index", "MB", [megabytes]),
                new Measure("search while it is built, worst", "ms", [whileBuilding]),
                new Measure("search, p50", "ms", [Samples.Percentile(Sorted(alone.Values), 0.5)]),
                new Measure("search, p95", "ms", [Samples.Percentile(Sorted(alone.Values), 0.95)], Below: 50),
                .. alone.Select(kind => new Measure($"search, {kind.Key}, p95", "ms", [Samples.Percentile([.. kind.Value.Order()], 0.95)], Below: 50)),
                new Measure($"search, {Searchers} searchers, p95", "ms", [Samples.Percentile(Sorted(together.SelectMany(one => one.Values)), 0.95)], Below: 150),
                .. cold,
                .. read,
                .. fetched,
            ]);
    }

    private static async Task<(double Rate, double Cores, double Worst)> BuildAsync(
        RunningMunshi munshi, ServiceProvider services, MessageSearch search, SyntheticText texts, CancellationToken cancellationToken)
    {
        IndexFeeder feeder = services.GetRequiredService<IndexFeeder>();
        FollowedEntry head = (await services.GetRequiredService<LedgerTrail>().HeadsAsync(cancellationToken))[munshi.ClientId];
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        TimeSpan searched = TimeSpan.Zero;
        double worst = 0;
        for (int step = 0; await feeder.StepAsync(munshi.ClientId, head, cancellationToken); step++)
        {
            if (step % 20 == 1)
            {
                long asked = Stopwatch.GetTimestamp();
                Dictionary<string, double[]> times = await AskAsync(search, munshi.ClientId, texts, 1, step, cancellationToken);
                worst = Math.Max(worst, times.Values.Max(kind => kind.Max()));
                searched += Stopwatch.GetElapsedTime(asked);
            }
        }

        double seconds = (Stopwatch.GetElapsedTime(began) - searched).TotalSeconds;
        double cores = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / seconds;
        Findings found = await search.FindAsync(munshi.ClientId, Request("absent"), cancellationToken);
        feeder.Close();
        return (found.Mark!.Count / seconds, cores, worst);
    }

    private static async Task<Dictionary<string, double[]>> AskAsync(
        MessageSearch search, Guid clientId, SyntheticText texts, int rounds, int seed, CancellationToken cancellationToken)
    {
        Dice dice = new(seed);
        Dictionary<string, List<double>> times = [];
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string kind, string sought) in texts.Queries(dice))
            {
                long began = Stopwatch.GetTimestamp();
                await search.FindAsync(clientId, Request(sought), cancellationToken);
                (times.TryGetValue(kind, out List<double>? known) ? known : times[kind] = []).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return times.ToDictionary(kind => kind.Key, kind => kind.Value.ToArray());
    }

    private static async Task<Measure[]> ColdAsync(
        RunningMunshi munshi, ServiceProvider services, MessageSearch search, SyntheticText texts, int times, CancellationToken cancellationToken)
    {
        if (!ColdCaches.CanEmpty)
        {
            return [];
        }

        WorkspaceDatabase database = services.GetRequiredService<WorkspaceDatabase>();
        Dice dice = new(99);
        List<double> took = [];
        for (int time = 0; time < times; time++)
        {
            (string _, string sought) = texts.Queries(dice).ElementAt(time % 7);
            await ColdCaches.EmptyAsync(munshi, database, cancellationToken);
            long began = Stopwatch.GetTimestamp();
            await search.FindAsync(munshi.ClientId, Request(sought), cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return [new Measure("search, cold, p95", "ms", [Samples.Percentile([.. took.Order()], 0.95)], Below: 1000)];
    }

    private static SearchRequest Request(string sought) => new(SearchQuery.Of(sought, out _)!, new SearchFilter(), null, null, null, 0);

    private static double[] Sorted(IEnumerable<double[]> times) => [.. times.SelectMany(one => one).Order()];

    private static ServiceProvider Services(RunningMunshi munshi, BenchOptions options)
    {
        DataDirectory data = new(Path.Combine(options.Directory, "data"));
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        services.AddLocalization();
        services.AddInstallation(data, munshi.Connect("munshi"));
        services.AddInbox();
        services.AddSearch();
        return services.BuildServiceProvider();
    }
}
