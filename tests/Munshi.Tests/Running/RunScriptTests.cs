using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Running;

/// <summary>What <c>./run</c> refuses before it builds or starts anything. A taken port ends it there in any case.</summary>
public sealed class RunScriptTests : IDisposable
{
    private const uint Nobody = 65534;

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-run-").FullName;
    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public RunScriptTests()
    {
        _taken.Start();
        Directory.CreateDirectory(Path.Combine(Data, "log"));
        NativeFile.SetMode(Data, DataDirectoryPath.Passable);
    }

    private string Data => Path.Combine(_directory, "data");

    private int Port => ((IPEndPoint)_taken.LocalEndpoint).Port;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _taken.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_directory_of_ones_own_is_taken() =>
        Assert.StartsWith($"Port {Port} is taken by another program: ", (await RunAsync()).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task A_directory_of_another_user_is_refused_to_root_too()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give a directory away");
        NativeFile.ChangeOwner(Data, Nobody, Nobody);

        Assert.Equal(
            (1, $"The data directory {Data} belongs to another user: run this as that user, or choose another with --data.\n"), await RunAsync());
        Assert.False(File.Exists(Path.Combine(Data, "run.lock")));
    }

    [Fact]
    public async Task A_directory_that_everybody_may_write_to_is_refused()
    {
        NativeFile.SetMode(Data, (UnixFileMode)0b111_111_111);

        Assert.Equal((1, $"Everybody may write to {Data}: close it with chmod o-w, or choose another with --data.\n"), await RunAsync());
    }

    [Theory]
    [InlineData("run.lock")]
    [InlineData("run.munshi")]
    [InlineData("run.sandbox")]
    [InlineData("log/munshi.log")]
    [InlineData("log/sandbox.log")]
    [InlineData("sandbox")]
    public async Task Nothing_is_written_through_a_link(string name)
    {
        string target = Path.Combine(_directory, "precious");
        await File.WriteAllTextAsync(target, "kept", Cancellation);
        string link = Path.Combine(Data, name);
        File.CreateSymbolicLink(link, target);

        Assert.Equal((1, $"{link} is a link, through which something else would be written: remove it.\n"), await RunAsync());
        Assert.Equal("kept", await File.ReadAllTextAsync(target, Cancellation));
    }

    [Fact]
    public async Task A_file_of_another_user_in_the_directory_is_refused()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give a file away");
        string file = Path.Combine(Data, "run.munshi");
        await File.WriteAllTextAsync(file, "1", Cancellation);
        NativeFile.ChangeOwner(file, Nobody, Nobody);

        Assert.Equal((1, $"{file} belongs to another user: remove it.\n"), await RunAsync());
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_file_is_refused()
    {
        string pipe = Path.Combine(Data, "run.munshi");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        Assert.Equal((1, $"{pipe} is not a file: remove it.\n"), await RunAsync());
    }

    private async Task<(int Code, string Errors)> RunAsync()
    {
        ProcessStartInfo start = new(RepositoryFiles.Path("run"), ["--data", Data, "--port", $"{Port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            string errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            await output;
            return (process.ExitCode, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
