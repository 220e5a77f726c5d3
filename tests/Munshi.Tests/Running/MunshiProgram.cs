using System.Diagnostics;

namespace Munshi.Tests.Running;

/// <summary>The built program as a process of its own, run to its end.</summary>
internal static class MunshiProgram
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private static string Path => RepositoryFiles.Path($"artifacts/bin/Munshi/{new DirectoryInfo(AppContext.BaseDirectory).Name}/munshi");

    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(Path, arguments);

    /// <summary>At low priority.</summary>
    public static Task<ProgramResult> RunNicelyAsync(params string[] arguments) => RunAsync("nice", ["-n", "10", Path, .. arguments]);

    private static async Task<ProgramResult> RunAsync(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ProgramResult(process.ExitCode, output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
