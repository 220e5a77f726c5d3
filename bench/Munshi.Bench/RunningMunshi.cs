using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Cluster;
using Npgsql;

namespace Munshi.Bench;

/// <summary>An installation of its own, made by the built command line, served by the built server, beside the sandbox that plays Meta.</summary>
internal sealed class RunningMunshi : IAsyncDisposable
{
    public const string AppSecret = "0123456789abcdef0123456789abcdef";
    public const string PhoneNumberId = "100000000000001";

    /// <summary>The handle of the workspace that is there from the start.</summary>
    public const string Workspace = "bench";

    /// <summary>Its name, and the business's in chats.</summary>
    public const string Business = "Aparajita Sarees";

    private const string VerifyToken = "verify-token-of-the-bench";
    private const string AccessToken = "access-token-of-the-bench";
    private const string Number = "919000000001";

    private readonly string _directory;
    private readonly string _data;
    private readonly ILoggerFactory _logging = Installation.Logging();
    private readonly Stack<IAsyncDisposable> _owned = new();

    private RunningMunshi(string directory)
    {
        _directory = directory;
        _data = Path.Combine(directory, "data");
        Address = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        SandboxAddress = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
    }

    public Uri Address { get; }

    public Uri SandboxAddress { get; }

    public Guid ClientId { get; private set; }

    public Guid AppId { get; private set; }

    /// <summary>Where Meta delivers.</summary>
    public Uri Webhook => new(Address, $"webhooks/whatsapp/{AppId}");

    public DatabaseAddress Database { get; private set; } = null!;

    /// <summary>The roles' own data sources, as the program makes them.</summary>
    public Databases Databases { get; private set; } = null!;

    /// <summary>The number of the server's process.</summary>
    public int ServerId { get; private set; }

    /// <summary>PostgreSQL's own.</summary>
    public string ClusterDirectory => Path.Combine(_data, "pg");

    /// <summary>The number of PostgreSQL's main process.</summary>
    public int PostmasterId => int.Parse(File.ReadLines(Path.Combine(ClusterDirectory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Bytes of PostgreSQL's own log.</summary>
    public long ServerLogBytes => new DirectoryInfo(Path.Combine(_data, "log/postgresql")).EnumerateFiles().Sum(file => file.Length);

    /// <param name="directory">Empty.</param>
    /// <param name="cancellationToken">Honoured while it starts.</param>
    /// <param name="preloaded">A library that PostgreSQL loads when it starts; null for none.</param>
    public static async Task<RunningMunshi> StartAsync(string directory, CancellationToken cancellationToken, string? preloaded = null)
    {
        RunningMunshi munshi = new(directory);
        try
        {
            await munshi.MakeAsync(preloaded, cancellationToken);
            return munshi;
        }
        catch
        {
            await munshi.DisposeAsync();
            throw;
        }
    }

    /// <summary>A verb's standard output.</summary>
    public Task<string> VerbAsync(params string[] arguments) => Programs.ReadAsync("dotnet", [Programs.Munshi, .. arguments, "--data", _data]);

    /// <summary>A link that signs the owner in.</summary>
    public async Task<string> SignInLinkAsync() =>
        (await VerbAsync("member", "sign-in-link", "--workspace", Workspace, "--base-address", Address.ToString().TrimEnd('/'))).Trim();

    /// <summary>PostgreSQL's superuser: for what no role may do, such as looking at everything.</summary>
    public Task<NpgsqlConnection> AdminAsync(string database, CancellationToken cancellationToken) =>
        new AdminDatabase(Database).OpenAsync(database, cancellationToken);

    /// <summary>The program's own classes on this installation, for as long as it is there.</summary>
    public async Task<Installation> OpenAsync(CancellationToken cancellationToken)
    {
        Installation installation = await Installation.OpenAsync(new DataDirectory(_data), alsoClosed: true, cancellationToken);
        _owned.Push(installation);
        return installation;
    }

    /// <summary>Further data sources of the roles, as the program makes them.</summary>
    /// <param name="database">The database's name.</param>
    public Databases Connect(string database)
    {
        Databases databases = new(Database with { Database = database }, RoleSecrets.Load(new DataDirectory(_data).Secrets));
        _owned.Push(databases);
        return databases;
    }

    /// <summary>A further workspace's id.</summary>
    public async Task<Guid> AddWorkspaceAsync(string slug, CancellationToken cancellationToken)
    {
        await VerbAsync("workspace", "create", slug, "--name", Business);
        await using NpgsqlConnection admin = await AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand find = new("SELECT client_id FROM workspace.workspace WHERE slug = $1", admin) { Parameters = { new() { Value = slug } } };
        return (Guid)(await find.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Ends the server and what was started after it; the cluster stays.</summary>
    public async Task StopServingAsync()
    {
        while (_owned.Peek() is Daemon)
        {
            await _owned.Pop().DisposeAsync();
        }
    }

    /// <summary>Every customer asks for a person on the sandbox's phone, so that Munshi leaves what they write later to people.</summary>
    public async Task HandOffAsync(IEnumerable<string> customers, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        await Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (customer, token) =>
            await NextFromBusinessAsync(http, customer, await WriteAsync(http, customer, "talk to a person", token), token));
    }

    /// <summary>Starts a further program that ends with this installation, before it.</summary>
    public async Task<Daemon> BesideAsync(string name, Uri ready, string program, string[] arguments, CancellationToken cancellationToken)
    {
        Daemon daemon = await Daemon.StartAsync(name, _directory, ready, program, arguments, new Dictionary<string, string>(), cancellationToken);
        _owned.Push(daemon);
        return daemon;
    }

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out IAsyncDisposable? owned))
        {
            await owned.DisposeAsync();
        }

        _logging.Dispose();
    }

    private async Task MakeAsync(string? preloaded, CancellationToken cancellationToken)
    {
        DataDirectory data = new(_data);
        Directory.CreateDirectory(_data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        ClusterLease lease = await Installation.AcquireAsync(data, _logging, cancellationToken); // so that the cluster stays from verb to verb
        if (preloaded is not null)
        {
            await lease.DisposeAsync();
            await File.AppendAllTextAsync(Path.Combine(ClusterDirectory, "postgresql.conf"), $"\nshared_preload_libraries = '{preloaded}'\n", cancellationToken);
            lease = await Installation.AcquireAsync(data, _logging, cancellationToken);
        }

        _owned.Push(lease);
        Database = Installation.Address(lease);
        await VerbAsync("migrate");
        await VerbAsync("workspace", "create", Workspace, "--name", Business);
        await VerbAsync("member", "add", "--workspace", Workspace, "--name", "Mita Sen", "--role", "owner");
        await VerbAsync("knowledge", "import", Path.Combine(Programs.Repository, "sandbox/demo/faq.jsonl"), "--workspace", Workspace);
        AppId = JsonElement.Parse(await VerbAsync(
            "channel", "add-app", "--workspace", Workspace, "--json", "--secret-file", await FileAsync("app-secret", AppSecret), "--verify-token-file", await FileAsync("verify-token", VerifyToken)))
            .GetProperty("app").GetGuid();
        await VerbAsync(
            "channel", "connect", "--workspace", Workspace, "--app", AppId.ToString(), "--phone-number-id", PhoneNumberId, "--number", Number,
            "--token-file", await FileAsync("access-token", AccessToken));
        Databases = new Databases(Database, RoleSecrets.LoadOrCreate(data.Secrets));
        _owned.Push(Databases);
        await using (NpgsqlConnection admin = await AdminAsync("munshi", cancellationToken))
        await using (NpgsqlCommand find = new("SELECT client_id FROM workspace.workspace", admin))
        {
            ClientId = (Guid)(await find.ExecuteScalarAsync(cancellationToken))!;
        }

        await ServeAsync(cancellationToken);
    }

    /// <summary>Starts server and sandbox, at first or again after <see cref="StopServingAsync"/>.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        Daemon server = await Daemon.StartAsync(
            "munshi", _directory, new Uri(Address, "readyz"), Programs.Munshi, ["serve", "--port", $"{Address.Port}", "--data", _data],
            new Dictionary<string, string> { ["MUNSHI__Channels__GraphBaseAddress"] = SandboxAddress.ToString() }, cancellationToken);
        _owned.Push(server);
        ServerId = server.Id;
        _owned.Push(await Daemon.StartAsync(
            "sandbox", _directory, new Uri(SandboxAddress, "control/state"), Programs.Sandbox, ["--urls", SandboxAddress.ToString()],
            new Dictionary<string, string>
            {
                ["Sandbox__Callback"] = Webhook.ToString(),
                ["Sandbox__AppSecret"] = AppSecret,
                ["Sandbox__VerifyToken"] = VerifyToken,
                ["Sandbox__AccessToken"] = AccessToken,
                ["Sandbox__PhoneNumberId"] = PhoneNumberId,
                ["Sandbox__DisplayPhoneNumber"] = Number,
                ["Sandbox__BusinessName"] = Business,
            },
            cancellationToken));
    }

    /// <summary>Writes on a customer's phone; the message's id.</summary>
    public async Task<string> WriteAsync(HttpClient http, string customer, string text, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri(SandboxAddress, $"phone/{customer}/messages"), new { text }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }

    /// <summary>Waits for the business's next message after one of the customer's.</summary>
    public async Task NextFromBusinessAsync(HttpClient http, string customer, string after, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < 6; tries++)
        {
            JsonElement messages = await http.GetFromJsonAsync<JsonElement>(new Uri(SandboxAddress, $"phone/{customer}/messages?after={after}&wait=10"), cancellationToken);
            if (messages.EnumerateArray().Any(message => message.GetProperty("direction").GetString() == "business"))
            {
                return;
            }
        }

        throw new InvalidOperationException($"No answer came to the phone; the logs are in {_directory}.");
    }

    private async Task<string> FileAsync(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
