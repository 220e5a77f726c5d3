using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Sandbox;
using Munshi.Sandbox.Mail;
using Munshi.Tests.Postgres;
using Munshi.Workspaces;

namespace Munshi.Tests.Running;

/// <summary>The whole server on a database of its own, connected to a sandbox: both on free loopback ports.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public const string VerifyToken = "verify-token-for-tests";
    public const string AccessToken = "access-token-for-tests";
    public const string PhoneNumberId = "100000000000001";

    private readonly string _directory;
    private readonly Func<int, WebApplication> _build;
    private readonly string _sandboxAddress;
    private WebApplication _app;
    private WebApplication? _sandbox;

    private RunningServer(TestDatabase database, string directory, Func<int, WebApplication> build, WebApplication sandbox)
    {
        Database = database;
        _directory = directory;
        _build = build;
        _app = build(0);
        _sandbox = sandbox;
        _sandboxAddress = sandbox.Urls.Single();
    }

    public TestDatabase Database { get; }

    public Uri Address => new(_app.Urls.Single());

    public Uri SandboxAddress => new(_sandboxAddress);

    /// <summary>Where Meta delivers.</summary>
    public Uri Webhook => new(Address, $"webhooks/whatsapp/{AppId}");

    public Guid ClientId { get; private set; }

    public Guid OwnerId { get; private set; }

    public Guid AppId { get; private set; }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="postgres">The template its database is cloned from.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">Further settings, <c>--Section:Name=value</c>.</param>
    public static async Task<RunningServer> StartAsync(PostgresTemplate postgres, CancellationToken cancellationToken, params string[] settings)
    {
        RunningServer server = await StartEmptyAsync(postgres, cancellationToken, settings);
        await server.PrepareAsync(cancellationToken);
        return server;
    }

    /// <summary>As <see cref="StartAsync"/>, but without a workspace, and with a sandbox that knows no number.</summary>
    public static async Task<RunningServer> StartEmptyAsync(PostgresTemplate postgres, CancellationToken cancellationToken, params string[] settings)
    {
        TestDatabase database = await postgres.CloneAsync();
        string directory = System.IO.Directory.CreateTempSubdirectory("munshi-server-").FullName;
        DataDirectory data = new(directory);
        data.Create();
        WebApplication sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await sandbox.StartAsync(cancellationToken);
        string[] configured = [$"--Channels:GraphBaseAddress={sandbox.Urls.Single()}", "--Logging:LogLevel:Default=None", .. MailOf(sandbox), .. settings];
        RunningServer server = new(
            database, directory, port => Server.Build(data, new Databases(database.Address, postgres.Secrets), lease: null, port, configured), sandbox);
        await server.ServeAsync(cancellationToken);
        return server;
    }

    /// <summary>Another process after the one before has ended: the same database, directory and port.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        int port = Address.Port;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await meanwhile();
        _app = _build(port);
        await ServeAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Another process beside this one, on the same database and directory.</summary>
    public async Task<Second> StartSecondAsync(CancellationToken cancellationToken)
    {
        WebApplication app = _build(0);
        await app.Services.GetRequiredService<DatabaseGate>().CheckAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return new Second(app);
    }

    /// <summary>Switches the sandbox's faults; what is not named stays.</summary>
    public async Task FaultsAsync(object faults)
    {
        using HttpClient control = new() { BaseAddress = SandboxAddress };
        using HttpResponseMessage switched = await control.PutAsJsonAsync("control/faults", faults, TestContext.Current.CancellationToken);
        switched.EnsureSuccessStatusCode();
    }

    /// <summary>The sandbox's counters.</summary>
    public async Task<JsonElement> SandboxStateAsync()
    {
        using HttpClient control = new() { BaseAddress = SandboxAddress };
        return await control.GetFromJsonAsync<JsonElement>("control/state", TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the sandbox: Graph refuses connections from then on.</summary>
    public async Task StopSandboxAsync()
    {
        await _sandbox!.StopAsync(CancellationToken.None);
        await _sandbox.DisposeAsync();
        _sandbox = null;
    }

    /// <summary>Starts a new sandbox at the old address, connected again; it knows nothing of what was before.</summary>
    public async Task StartSandboxAsync()
    {
        _sandbox = SandboxHost.Build(["--urls", _sandboxAddress, "--Logging:LogLevel:Default", "None"]);
        await _sandbox.StartAsync(TestContext.Current.CancellationToken);
        await RegisterAsync(PhoneNumberId, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the server as TERM does; its database stays.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    /// <summary>As <c>munshi serve</c> does.</summary>
    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        await _app.Services.GetRequiredService<DatabaseGate>().CheckAsync(cancellationToken);
        _app.Services.GetRequiredService<KeyCustodian>().Replenish();
        await _app.StartAsync(cancellationToken);
    }

    /// <summary>The settings that lead mail to the sandbox.</summary>
    private static string[] MailOf(WebApplication sandbox) =>
    [
        "--Notices:Smtp:Host=127.0.0.1",
        $"--Notices:Smtp:Port={sandbox.Services.GetRequiredService<SmtpServer>().Port}",
        "--Notices:Smtp:Tls=none",
        "--Notices:From=munshi@aparajita.example",
    ];

    /// <summary>A workspace with an owner, the demo FAQ, and a number on an app that the sandbox signs for.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        ClientId = Assert.IsType<WorkspaceOutcome.Created>(
            await Get<WorkspaceRegistry>().CreateAsync("demo", "Aparajita Sarees", Actor.Operator, cancellationToken)).ClientId;
        OwnerId = await Get<Members>().AddAsync(ClientId, "Asha Owner", MemberRole.Owner, Actor.Operator, cancellationToken);
        AppId = await Get<MetaApps>().RegisterAsync(ClientId, AppSecret, VerifyToken, shared: false, Actor.Operator, cancellationToken);
        Assert.IsType<NumberOutcome.Connected>(await Get<Numbers>().ConnectAsync(
            ClientId, AppId, PhoneNumberId, "919000000001", AccessToken, Actor.Operator, cancellationToken));
        byte[] faq = await File.ReadAllBytesAsync(RepositoryFiles.Path("sandbox/demo/faq.jsonl"), cancellationToken);
        await Get<KnowledgeBase>().ImportAsync(
            ClientId, Assert.IsType<FaqReading.Read>(FaqReader.Read(faq)).Entries, Actor.Operator, cancellationToken);
        await RegisterAsync(PhoneNumberId, cancellationToken);
    }

    private async Task RegisterAsync(string phoneNumberId, CancellationToken cancellationToken)
    {
        using HttpClient control = new() { BaseAddress = SandboxAddress };
        using HttpResponseMessage registered = await control.PutAsJsonAsync(
            "control/app",
            new
            {
                callback = Webhook,
                appSecret = AppSecret,
                verifyToken = VerifyToken,
                accessToken = AccessToken,
                phoneNumberId,
                displayPhoneNumber = "919000000001",
                wabaId = "200000000000001",
                businessName = "Aparajita Sarees",
            },
            cancellationToken);
        registered.EnsureSuccessStatusCode();
    }

    internal sealed class Second(WebApplication app) : IAsyncDisposable
    {
        public T Get<T>()
            where T : notnull => app.Services.GetRequiredService<T>();

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }
}
