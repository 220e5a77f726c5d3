using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Munshi.Tests.Running;
using Munshi.Witness;

namespace Munshi.Tests.Witness;

/// <summary><c>munshi witness</c> as a process of its own.</summary>
public sealed class WitnessVerbTests : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"munshi-test-{Guid.NewGuid():n}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_kill_at_any_moment_takes_back_nothing_that_was_cosigned()
    {
        int port = FreePort();
        string? vkey = null;
        int size = 0;
        for (int round = 0; round < 4; round++)
        {
            using Process process = Start(port);
            try
            {
                string printed = await PrintedAsync(process);
                Assert.Equal(vkey ?? printed, printed);
                vkey = printed;
                using HttpClient http = await ReadyAsync(port);
                size = await AgreeAsync(http, size);
                Task killing = Task.Delay(20 + (round * 35), Cancellation).ContinueWith(_ => process.Kill(), Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
                size = await GrowUntilGoneAsync(http, size);
                await killing;
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            }
        }

        Assert.True(size > 3);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, "witness.key")));
        Assert.StartsWith("witness.example/killed+", vkey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_witnessed_is_said_in_one_sentence()
    {
        Assert.Equal(
            "A log's verifier key must be of type 0x01; that of a witness is none.",
            (await MunshiProgram.RunAsync("witness", "--data", _directory, "--log", WorkedLog.WitnessVkey)).Sentence());
        Assert.Equal(
            $"There is no witness in {_directory}; ./munshi witness --data DIR makes one.",
            (await MunshiProgram.RunAsync("witness", "keeper-secret", "shop", "--data", _directory)).Sentence());

        WitnessDirectory directory = new(_directory);
        directory.Create();
        await File.WriteAllTextAsync(directory.Logs, $"{WorkedLog.Vkey}\nrubbish\n", Cancellation);
        Assert.Equal($"{directory.Logs}, line 2: not a log's verifier key.", (await WitnessAsync()).Sentence());
        File.Delete(directory.Logs);
        File.Delete(directory.Key);
        await File.WriteAllTextAsync(Path.Combine(directory.State, WorkedLog.OriginHash), "rubbish", Cancellation);
        Assert.StartsWith($"{directory.Key} is missing beside checkpoints that were cosigned", (await WitnessAsync()).Sentence(), StringComparison.Ordinal);
        using (directory.Lock())
        {
            Assert.Equal($"Another witness uses {_directory}.", (await WitnessAsync()).Sentence());
        }
    }

    [Fact]
    public async Task A_keepers_secret_is_printed_once_and_kept_as_a_hash()
    {
        new WitnessDirectory(_directory).Create();

        ProgramResult result = await MunshiProgram.RunAsync("witness", "keeper-secret", "shop", "--data", _directory);

        Assert.Matches("^[0-9a-f]{64}\n$", result.Output);
        Assert.DoesNotContain(
            result.Output.Trim(),
            string.Concat(Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories).Select(File.ReadAllText)),
            StringComparison.Ordinal);
    }

    private Task<ProgramResult> WitnessAsync() => MunshiProgram.RunAsync("witness", "--data", _directory, "--port", $"{FreePort()}");

    /// <summary>What stands there after a kill: the size acknowledged last, or the one that was on its way.</summary>
    private static async Task<int> AgreeAsync(HttpClient http, int acknowledged)
    {
        using HttpResponseMessage answer = await http.PostAsync(
            "add-checkpoint", new ByteArrayContent(acknowledged == 0 ? WorkedLog.RequestOf(2, 3) : WorkedLog.RequestOf(0, acknowledged + 1)), Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        int size = int.Parse(await answer.Content.ReadAsStringAsync(Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(size, acknowledged, acknowledged + 1);
        return size;
    }

    private static async Task<int> GrowUntilGoneAsync(HttpClient http, int size)
    {
        try
        {
            while (size < 400)
            {
                using HttpResponseMessage answer = await http.PostAsync("add-checkpoint", new ByteArrayContent(WorkedLog.RequestOf(size, size + 1)), Cancellation);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                size++;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // It was killed.
        }

        return size;
    }

    private static async Task<HttpClient> ReadyAsync(int port)
    {
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await http.GetStringAsync("healthz", Cancellation);
                return http;
            }
            catch (HttpRequestException) when (waited.Elapsed < StartTime)
            {
                await Task.Delay(20, Cancellation);
            }
        }
    }

    private static async Task<string> PrintedAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(Cancellation) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Cancellation));

    private Process Start(int port)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        ProcessStartInfo start = new(
            RepositoryFiles.Path($"artifacts/bin/Munshi/{configuration}/munshi"),
            ["witness", "--data", _directory, "--port", $"{port}", "--name", "witness.example/killed", "--log", WorkedLog.Vkey])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
