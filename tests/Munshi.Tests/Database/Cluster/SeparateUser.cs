using System.Diagnostics;

namespace Munshi.Tests.Database.Cluster;

/// <summary>Another process that holds a share in a cluster: this test program, running one explicit test.</summary>
internal sealed class SeparateUser : IAsyncDisposable
{
    public const string DirectoryVariable = "MUNSHI_TEST_SHARED_DATA";

    private readonly Process _process;

    private SeparateUser(Process process) => _process = process;

    public static string ReadyFile(string dataDirectory) => Path.Combine(dataDirectory, "separate-user-ready");

    public static async Task<SeparateUser> StartAsync(ClusterBench bench)
    {
        ProcessStartInfo start = new(
            Environment.ProcessPath!,
            ["-explicit", "only", "-method", $"{typeof(SeparateProcess).FullName}.{nameof(SeparateProcess.Hold_a_share_until_killed)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // a killed process would leave its diagnostic sockets in /tmp
        start.Environment[DirectoryVariable] = bench.DataDirectory;
        SeparateUser user = new(Process.Start(start)!);
        user._process.BeginOutputReadLine();
        user._process.BeginErrorReadLine();
        await ClusterBench.UntilAsync(() => File.Exists(ReadyFile(bench.DataDirectory)));
        return user;
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
