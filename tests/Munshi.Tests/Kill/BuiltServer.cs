using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Munshi.Tests.Running;

namespace Munshi.Tests.Kill;

/// <summary>The built program as processes of its own: verbs that end, and a server that can be killed.</summary>
internal sealed class BuiltServer(string dataDirectory, Uri graph) : IDisposable
{
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The last lines that the servers wrote.</summary>
    public string Log => string.Join(Environment.NewLine, _log.TakeLast(40));

    /// <summary>Runs a verb; its standard output.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using Process process = Start([.. arguments, "--data", dataDirectory]);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"munshi {arguments[0]}: {await errors}");
        return output;
    }

    /// <summary>Starts the server and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts the server.</summary>
    public void Launch()
    {
        _process = Start(["serve", "--data", dataDirectory, "--port", $"{Address.Port}"]);
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until the server is ready.</summary>
    public async Task ReadyAsync()
    {
        using HttpClient http = new() { BaseAddress = Address };
        Stopwatch waited = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            Assert.False(_process!.HasExited, Log);
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(45), "The server was not ready within 45 s.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public int ProcessId => _process!.Id;

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    public void Dispose() => Kill();

    private Process Start(IEnumerable<string> arguments)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MUNSHI__Channels__GraphBaseAddress"] = graph.ToString();
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync("readyz", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
