using System.Diagnostics;
using System.Net.Sockets;

namespace Munshi.Bench;

/// <summary>A server in a process of its own, told to stop and waited for. Its output goes to a file; its number stands in <c>pids</c> meanwhile, for the script to end what a killed run left.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _log;

    private Daemon(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <param name="name">Of its log and for messages.</param>
    /// <param name="directory">Where the log goes.</param>
    /// <param name="ready">Answers 2xx once it serves.</param>
    /// <param name="program">A .NET program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Beside this process's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Daemon> StartAsync(
        string name, string directory, Uri ready, string program, string[] arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string log = Path.Combine(directory, $"{name}.log");
        // The shell becomes the program, so that its output needs nobody to read it.
        ProcessStartInfo start = new("/bin/bash", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", log, "dotnet", program, .. arguments]);
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        Daemon daemon = new(Process.Start(start)!, log);
        await File.AppendAllTextAsync(Path.Combine(directory, "pids"), $"{daemon._process.Id}\n", CancellationToken.None);
        try
        {
            await daemon.WaitAsync(name, ready, cancellationToken);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Programs.ReadAsync("/bin/bash", "-c", $"kill -TERM {_process.Id} 2>/dev/null || true");
            using CancellationTokenSource patience = new(StopTime);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private async Task WaitAsync(string name, Uri ready, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(ready, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or SocketException)
            {
                // Not listening yet.
            }

            if (_process.HasExited || waited.Elapsed > StartTime)
            {
                throw new InvalidOperationException($"The {name} did not start: {string.Join('\n', File.ReadLines(_log).TakeLast(20))}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }
}
