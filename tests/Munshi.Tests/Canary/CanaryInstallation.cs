using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Sandbox;
using Munshi.Tests.Database;
using Munshi.Tests.Database.Cluster;
using Munshi.Workspaces;

namespace Munshi.Tests.Canary;

/// <summary>A whole installation with its own cluster and data directory, connected to a sandbox; every name and secret in it is a canary.</summary>
internal sealed class CanaryInstallation : IAsyncDisposable
{
    private readonly ClusterBench _bench;
    private readonly ClusterLease _lease;
    private readonly WebApplication _sandbox;
    private readonly WebApplication _app;

    private CanaryInstallation(ClusterBench bench, ClusterLease lease, WebApplication sandbox, WebApplication app)
    {
        _bench = bench;
        _lease = lease;
        _sandbox = sandbox;
        _app = app;
    }

    public CapturedLog Log { get; } = new();

    public string DataDirectory => _bench.DataDirectory;

    public Guid ClientId { get; private set; }

    public Guid OwnerId { get; private set; }

    public Guid AppId { get; private set; }

    public Uri SandboxAddress => new(_sandbox.Urls.Single());

    private DatabaseAddress Address => Installation.Address(_lease);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CanaryInstallation> StartAsync()
    {
        ClusterBench bench = new();
        ClusterLease lease = await bench.AcquireAsync();
        DataDirectory data = new(bench.DataDirectory);
        data.Create();
        RoleSecrets secrets = RoleSecrets.LoadOrCreate(data.Secrets);
        DatabaseAddress address = Installation.Address(lease);
        Assert.IsType<MigrationOutcome.Migrated>(await new Migrator(address, secrets, TimeProvider.System).MigrateAsync(Cancellation));
        WebApplication sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await sandbox.StartAsync(Cancellation);
        WebApplication app = Server.Build(
            data, new Databases(address, secrets), lease: null, port: 0,
            $"--Channels:GraphBaseAddress={sandbox.Urls.Single()}", "--Logging:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Default=None");
        CanaryInstallation installation = new(bench, lease, sandbox, app);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(installation.Log);
        await app.Services.GetRequiredService<DatabaseGate>().CheckAsync(Cancellation);
        app.Services.GetRequiredService<KeyCustodian>().Replenish();
        await app.StartAsync(Cancellation);
        await installation.PrepareAsync();
        return installation;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<Session> AsSuperuserAsync() => Session.AsSuperuserAsync(Address);

    /// <summary>A delivery of any bytes, signed by the app's secret or wrongly; the status it is answered with.</summary>
    public async Task<int> DeliverAsync(string body, bool signed)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Canaries.AppSecret), bytes));
        using HttpClient http = new() { BaseAddress = new Uri(_app.Urls.Single()) };
        using HttpRequestMessage request = new(HttpMethod.Post, $"webhooks/whatsapp/{AppId}") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + (signed ? signature : new string('0', 64)));
        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }

    public async Task<int> AskForHandshakeAsync(string verifyToken)
    {
        using HttpClient http = new() { BaseAddress = new Uri(_app.Urls.Single()) };
        using HttpResponseMessage answer = await http.GetAsync(
            new Uri($"webhooks/whatsapp/{AppId}?hub.mode=subscribe&hub.challenge=1&hub.verify_token={verifyToken}", UriKind.Relative), Cancellation);
        return (int)answer.StatusCode;
    }

    /// <summary>The status that a program's call with a key is answered with.</summary>
    public async Task<int> CallAsync(string path, string secret)
    {
        using HttpClient http = new() { BaseAddress = new Uri(_app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {secret}");
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return (int)answer.StatusCode;
    }

    /// <summary>The database as a plain <c>pg_dump</c>.</summary>
    public async Task<string> DumpAsync()
    {
        string program = Path.Combine((await ClusterBench.ProgramsAsync()).Directory, "pg_dump");
        CommandResult dump = await ClusterBench.Command.RunAsync(
            program, ["-h", Address.Host, "-p", $"{Address.Port}", "-U", "postgres", Address.Database], Cancellation);
        Assert.True(dump.Succeeded, dump.Errors);
        return dump.Output;
    }

    /// <summary>A <c>pg_basebackup</c> of the running cluster, which lets nobody replicate otherwise.</summary>
    public async Task BaseBackupAsync(string directory)
    {
        string access = Path.Combine(_bench.ClusterDirectory, "pg_hba.conf");
        await File.WriteAllTextAsync(access, $"local replication postgres peer map=munshi\n{await File.ReadAllTextAsync(access, Cancellation)}", Cancellation);
        await using Session superuser = await AsSuperuserAsync();
        await superuser.LinesAsync("SELECT pg_reload_conf()");
        string program = Path.Combine((await ClusterBench.ProgramsAsync()).Directory, "pg_basebackup");
        CommandResult backup = await ClusterBench.Command.RunAsync(
            program, ["-h", Address.Host, "-p", $"{Address.Port}", "-U", "postgres", "-D", directory, "-X", "stream", "-c", "fast"], Cancellation);
        Assert.True(backup.Succeeded, backup.Errors);
    }

    /// <summary>Stops server and cluster cleanly; the files stay.</summary>
    public async Task StopAsync()
    {
        await _sandbox.StopAsync(Cancellation);
        await _app.StopAsync(Cancellation);
        await _app.DisposeAsync();
        await _lease.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _app.DisposeAsync();
        await _lease.DisposeAsync();
        await _bench.DisposeAsync();
        Log.Dispose();
    }

    private async Task PrepareAsync()
    {
        ClientId = Assert.IsType<WorkspaceOutcome.Created>(
            await Get<WorkspaceRegistry>().CreateAsync("demo", Canaries.BusinessName, Actor.Operator, Cancellation)).ClientId;
        OwnerId = await Get<Members>().AddAsync(ClientId, Canaries.StaffName, MemberRole.Owner, Actor.Operator, Cancellation);
        AppId = await Get<MetaApps>().RegisterAsync(ClientId, Canaries.AppSecret, Canaries.VerifyToken, shared: false, Actor.Operator, Cancellation);
        Assert.IsType<NumberOutcome.Connected>(await Get<Numbers>().ConnectAsync(
            ClientId, AppId, Canaries.PhoneNumberId, Canaries.BusinessNumber, Canaries.AccessToken, Actor.Operator, Cancellation));
        byte[] faq = Encoding.UTF8.GetBytes($$"""{"id": "counter", "question": "{{Canaries.FaqQuestion}}", "title": "Counter", "answer": "{{Canaries.FaqAnswer}}", "examples": ["cormorant counter timings"]}""");
        await Get<KnowledgeBase>().ImportAsync(ClientId, Assert.IsType<FaqReading.Read>(FaqReader.Read(faq)).Entries, Actor.Operator, Cancellation);
        using HttpClient control = new() { BaseAddress = SandboxAddress };
        using HttpResponseMessage registered = await control.PutAsJsonAsync(
            "control/app",
            new
            {
                callback = new Uri(new Uri(_app.Urls.Single()), $"webhooks/whatsapp/{AppId}"),
                appSecret = Canaries.AppSecret,
                verifyToken = Canaries.VerifyToken,
                accessToken = Canaries.AccessToken,
                phoneNumberId = Canaries.PhoneNumberId,
                displayPhoneNumber = Canaries.BusinessNumber,
                wabaId = "200000000000001",
                businessName = Canaries.BusinessName,
            },
            Cancellation);
        registered.EnsureSuccessStatusCode();
    }
}
