using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Notices;
using Munshi.Sandbox;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;
using Munshi.Workspaces;

namespace Munshi.Tests.Notices;

/// <summary>Notices on a database of their own, with a settable clock, jobs run by hand and the sandbox's mail server.</summary>
internal sealed class NoticeBench : IAsyncDisposable
{
    /// <summary>10:00 on a Sunday in India.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 4, 30, 0, TimeSpan.Zero);

    private readonly string _directory;
    private readonly WebApplication _sandbox;
    private readonly PostgresTemplate _postgres;
    private readonly (string Name, string? Value)[] _settings;
    private readonly HttpClient _http;
    private readonly ServiceProvider _services;
    private readonly List<ServiceProvider> _others = [];

    private NoticeBench(PostgresTemplate postgres, TestDatabase database, string directory, WebApplication sandbox, (string Name, string? Value)[] settings)
    {
        _postgres = postgres;
        Database = database;
        _directory = directory;
        _sandbox = sandbox;
        _settings = settings;
        _http = new HttpClient { BaseAddress = new Uri(sandbox.Urls.Single()) };
        _services = NewProcess();
    }

    public TestDatabase Database { get; }

    public SettableClock Clock { get; } = new(Start);

    public Guid ClientId { get; private set; }

    public Guid OwnerId { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <param name="postgres">The template its database is cloned from.</param>
    /// <param name="settings">Settings below <c>Notices</c> that differ from those of the sandbox's mail server.</param>
    public static async Task<NoticeBench> StartAsync(PostgresTemplate postgres, params (string Name, string? Value)[] settings)
    {
        WebApplication sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await sandbox.StartAsync(Cancellation);
        NoticeBench bench = new(
            postgres, await postgres.CloneAsync(), Directory.CreateTempSubdirectory("munshi-notices-").FullName, sandbox, settings);
        bench.Get<KeyCustodian>().Replenish();
        (bench.ClientId, bench.OwnerId) = await bench.WorkspaceAsync("demo", "Aparajita Sarees", "mita@aparajita.example");
        return bench;
    }

    /// <summary>Another server process on the same database; disposed with the bench.</summary>
    public ServiceProvider NewProcess()
    {
        DataDirectory data = new(_directory);
        data.Create();
        Dictionary<string, string?> settings = new()
        {
            ["Notices:Smtp:Host"] = "127.0.0.1",
            ["Notices:Smtp:Port"] = $"{_sandbox.Services.GetRequiredService<SmtpServer>().Port}",
            ["Notices:Smtp:Tls"] = "none",
            ["Notices:From"] = "munshi@aparajita.example",
        };
        foreach ((string name, string? value) in _settings)
        {
            settings[$"Notices:{name}"] = value;
        }

        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging();
        services.AddLocalization();
        services.AddInstallation(data, new Databases(Database.Address, _postgres.Secrets));
        services.AddEgress();
        services.AddSingleton<JobQueue>();
        services.AddNotices(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        ServiceProvider provider = services.BuildServiceProvider();
        _others.Add(provider);
        return provider;
    }

    /// <summary>A workspace with an owner who has an address, unless it is null.</summary>
    public async Task<(Guid ClientId, Guid OwnerId)> WorkspaceAsync(string slug, string name, string? email)
    {
        Guid clientId = Assert.IsType<WorkspaceOutcome.Created>(
            await Get<WorkspaceRegistry>().CreateAsync(slug, name, Actor.Operator, Cancellation)).ClientId;
        return (clientId, await OwnerAsync(clientId, email));
    }

    public async Task<Guid> OwnerAsync(Guid clientId, string? email)
    {
        Guid ownerId = await Get<Members>().AddAsync(clientId, "Mita Sen", MemberRole.Owner, Actor.Operator, Cancellation);
        if (email is not null)
        {
            await ChooseAsync(clientId, ownerId, new NoticePreferences { Email = email });
        }

        return ownerId;
    }

    public Task ChooseAsync(Guid clientId, Guid personId, NoticePreferences chosen) =>
        Get<NoticeRecipients>().SaveAsync(clientId, personId, chosen, Actor.Person(personId), Cancellation);

    public Notice Alert(string key = "7") => new()
    {
        Severity = NoticeSeverity.Alert,
        Kind = "ledger-broken",
        Subject = ClientId,
        DedupKey = key,
        Parameters = ["shop", key, "aa", "bb"],
    };

    public Task RaiseAsync(Notice notice) => Get<NoticeBoard>().RaiseAsync(ClientId, notice, Cancellation);

    /// <summary>Does every job that is due by the clock, and what follows from it.</summary>
    public Task RunAsync() => RunAsync(_services, Cancellation);

    public static async Task RunAsync(ServiceProvider process, CancellationToken cancellationToken)
    {
        Dictionary<string, IJobHandler> handlers = process.GetServices<IJobHandler>().ToDictionary(handler => handler.Kind);
        while (await process.GetRequiredService<JobQueue>().ClaimAsync(10, cancellationToken) is { Count: > 0 } leases)
        {
            foreach (JobLease lease in leases)
            {
                await handlers[lease.Kind].HandleAsync(lease, cancellationToken);
            }
        }
    }

    /// <summary>What the mail server took over, oldest first.</summary>
    public async Task<ReceivedMail[]> MailsAsync() => (await _http.GetFromJsonAsync<ReceivedMail[]>("mail/messages", Cancellation))!;

    public async Task FaultsAsync(object faults)
    {
        using HttpResponseMessage switched = await _http.PutAsJsonAsync("control/faults", faults, Cancellation);
        switched.EnsureSuccessStatusCode();
    }

    public Task StopSandboxAsync() => _sandbox.StopAsync(CancellationToken.None);

    /// <summary>The one delivery: state, reason, code.</summary>
    public Task<string> DeliveryAsync() => Database.ScalarAsync<string>(
        "SELECT state || coalesce(' ' || reason, '') || coalesce(' ' || code, '') FROM notice.delivery");

    /// <summary>Every state that the deliveries were in, in their order.</summary>
    public Task<string[]> LogAsync() => Database.ScalarAsync<string[]>("SELECT array_agg(state ORDER BY id) FROM notice.delivery_log");

    public Task<long> CountAsync(string table) => Database.ScalarAsync<long>($"SELECT count(*) FROM {table}");

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider other in _others)
        {
            await other.DisposeAsync();
        }

        _http.Dispose();
        await _sandbox.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
