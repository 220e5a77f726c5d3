using System.Diagnostics;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

/// <summary>Runs <see cref="AsOrdinaryUser"/> in a process of its own, as the user nobody when we are root.</summary>
public sealed class OrdinaryUserTests
{
    [Fact]
    public async Task An_ordinary_user_is_served_as_root_is()
    {
        bool isRoot = NativeFile.EffectiveUser == 0;
        string program = Environment.ProcessPath!;
        string[] asNobody = isRoot ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"] : [];
        Assert.SkipUnless(
            !isRoot || await RunAsync([.. asNobody, "test", "-x", program]) is (0, _),
            "NOT CHECKED: the user nobody cannot reach the test program");

        (int exitCode, string output) =
            await RunAsync([.. asNobody, program, "-explicit", "only", "-class", typeof(AsOrdinaryUser).FullName!]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 4, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        start.Environment["HOME"] = "/nonexistent";
        start.Environment.Remove("XDG_RUNTIME_DIR");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
