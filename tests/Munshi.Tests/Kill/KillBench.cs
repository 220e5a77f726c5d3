using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Munshi.Database;
using Munshi.Sandbox;
using Munshi.Tests.Database.Cluster;
using Munshi.Tests.Running;
using Npgsql;

namespace Munshi.Tests.Kill;

/// <summary>An installation of its own, made with the command line, beside a sandbox on which every customer has written once.</summary>
internal sealed class KillBench : IAsyncDisposable
{
    private readonly WebApplication _sandbox;
    private readonly HttpClient _http;

    private KillBench(WebApplication sandbox)
    {
        _sandbox = sandbox;
        _http = new HttpClient { BaseAddress = new Uri(sandbox.Urls.Single()) };
        Server = new BuiltServer(Cluster.DataDirectory, _http.BaseAddress);
    }

    public ClusterBench Cluster { get; } = new();

    public BuiltServer Server { get; }

    public Uri Webhook { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KillBench> StartAsync(IReadOnlyList<string> customers)
    {
        WebApplication sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await sandbox.StartAsync(Cancellation);
        KillBench bench = new(sandbox);
        try
        {
            await bench.PrepareAsync(customers);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>A second server on the same data directory; not started.</summary>
    public BuiltServer AnotherServer() => new(Cluster.DataDirectory, _http.BaseAddress!);

    /// <summary>Stops every process of the installation at one moment, keeps what the disk holds then, and lets nothing of them go on.</summary>
    public async Task CutPowerAsync()
    {
        int postmaster = Cluster.Postmaster()!.ProcessId;
        int[] processes = [Server.ProcessId, postmaster, .. ChildrenOf(postmaster)];
        await SignalAsync("-STOP", processes);
        string copy = Cluster.DataDirectory + ".copy";
        await RunAsync("cp", ["-a", Cluster.DataDirectory, copy]);
        await SignalAsync("-KILL", processes);
        Server.Kill();
        await ClusterBench.UntilAsync(() => !Directory.Exists($"/proc/{postmaster}"));
        Directory.Delete(Cluster.DataDirectory, recursive: true);
        Directory.Move(copy, Cluster.DataDirectory);
    }

    /// <summary>The business's messages on a customer's phone.</summary>
    public async Task<int> AnswersAsync(string customer) => (await FromBusinessAsync(customer)).Count;

    /// <summary>Those of them with a file.</summary>
    public async Task<int> FilesAsync(string customer) => (await FromBusinessAsync(customer)).Count(message => message.TryGetProperty("file", out _));

    public async Task FaultsAsync(object faults)
    {
        using HttpResponseMessage switched = await _http.PutAsJsonAsync("control/faults", faults, Cancellation);
        switched.EnsureSuccessStatusCode();
    }

    public async Task<JsonElement> SandboxStateAsync() => await _http.GetFromJsonAsync<JsonElement>("control/state?idle=20", Cancellation);

    /// <summary>As PostgreSQL's superuser.</summary>
    public async Task<T> ScalarAsync<T>(string text)
    {
        Munshi.Database.Cluster.Postmaster running = Cluster.Postmaster() ?? throw new NpgsqlException("PostgreSQL is not running.");
        await using NpgsqlConnection connection =
            await new AdminDatabase(new DatabaseAddress(running.SocketDirectory, running.Port, "munshi")).OpenAsync("munshi", Cancellation);
#pragma warning disable CA2100 // the test's own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));
        return await reader.GetFieldValueAsync<T>(0, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        _http.Dispose();
        await _sandbox.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    private async Task<IReadOnlyList<JsonElement>> FromBusinessAsync(string customer) =>
        [.. (await _http.GetFromJsonAsync<JsonElement[]>($"phone/{customer}/messages", Cancellation))!
            .Where(message => message.GetProperty("direction").GetString() == "business")];

    private async Task PrepareAsync(IReadOnlyList<string> customers)
    {
        await OpenWindowsAsync(customers);
        Directory.CreateDirectory(Cluster.DataDirectory);
        await using Munshi.Database.Cluster.ClusterLease lease = await Cluster.AcquireAsync();
        await Server.RunAsync("migrate");
        await Server.RunAsync("workspace", "create", "kill", "--name", "Aparajita Sarees");
        string app = JsonElement.Parse(await Server.RunAsync(
            "channel", "add-app", "--workspace", "kill", "--json",
            "--secret-file", await FileAsync("secret", RunningServer.AppSecret), "--verify-token-file", await FileAsync("verify", RunningServer.VerifyToken)))
            .GetProperty("app").GetString()!;
        await Server.RunAsync(
            "channel", "connect", "--workspace", "kill", "--app", app, "--phone-number-id", RunningServer.PhoneNumberId, "--number", "919000000001",
            "--token-file", await FileAsync("token", RunningServer.AccessToken));
        await Server.RunAsync("knowledge", "import", RepositoryFiles.Path("sandbox/demo/faq.jsonl"), "--workspace", "kill");
        await Server.StartAsync();
        Webhook = new Uri(Server.Address, $"webhooks/whatsapp/{app}");
        await RegisterAsync(Webhook);
    }

    /// <summary>Each customer writes once to a callback that forgets it: from then on Graph lets them be answered.</summary>
    private async Task OpenWindowsAsync(IReadOnlyList<string> customers)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        await using WebApplication forgetful = builder.Build();
        forgetful.MapPost("/", () => Results.Ok());
        await forgetful.StartAsync(Cancellation);
        await RegisterAsync(new Uri(forgetful.Urls.Single()));
        await Parallel.ForEachAsync(customers, Cancellation, async (customer, cancellation) =>
        {
            using HttpResponseMessage written = await _http.PostAsJsonAsync($"phone/{customer}/messages", new { text = "Hello" }, cancellation);
            written.EnsureSuccessStatusCode();
        });

        Assert.Equal(0, (await SandboxStateAsync()).GetProperty("queued").GetInt64());
    }

    private async Task RegisterAsync(Uri callback)
    {
        using HttpResponseMessage registered = await _http.PutAsJsonAsync(
            "control/app",
            new
            {
                callback,
                appSecret = RunningServer.AppSecret,
                verifyToken = RunningServer.VerifyToken,
                accessToken = RunningServer.AccessToken,
                phoneNumberId = RunningServer.PhoneNumberId,
                displayPhoneNumber = "919000000001",
            },
            Cancellation);
        registered.EnsureSuccessStatusCode();
    }

    private static int[] ChildrenOf(int processId) =>
        [.. Directory.EnumerateFiles($"/proc/{processId}/task/{processId}", "children").SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];

    private static Task SignalAsync(string signal, int[] processes) => RunAsync("kill", [signal, .. processes.Select(id => $"{id}")]);

    private static async Task RunAsync(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}");
    }

    private async Task<string> FileAsync(string name, string text)
    {
        string path = Path.Combine(Path.GetDirectoryName(Cluster.DataDirectory)!, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
