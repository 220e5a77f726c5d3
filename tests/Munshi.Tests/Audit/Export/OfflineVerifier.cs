using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Munshi.Tests.Running;
using Munshi.Verifier;

namespace Munshi.Tests.Audit.Export;

/// <summary>The two verifiers, which must say the same.</summary>
internal static partial class OfflineVerifier
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    public static Verdict Program(params string[] arguments)
    {
        using StringWriter output = new();
        return Verdict.Read(VerifyProgram.Run([.. arguments, "--json"], output, TextWriter.Null), output.ToString());
    }

    public static Task<Verdict> ScriptAsync(params string[] arguments) => ScriptAsync(Deadline, arguments);

    public static async Task<Verdict> ScriptAsync(TimeSpan deadline, params string[] arguments)
    {
        ProgramResult result = await RunAsync("python3", [RepositoryFiles.Path("src/Munshi.Verifier/verify.py"), .. arguments, "--json"], deadline);
        Assert.Equal("", result.Errors);
        return Verdict.Read(result.ExitCode, result.Output);
    }

    /// <summary>What both say in words; but for the seconds it is the same.</summary>
    public static async Task<string> TextAsync(params string[] arguments)
    {
        using StringWriter output = new();
        VerifyProgram.Run(arguments, output, TextWriter.Null);
        string said = Seconds().Replace(output.ToString(), ", 0.0 s:");
        ProgramResult script = await RunAsync("python3", [RepositoryFiles.Path("src/Munshi.Verifier/verify.py"), .. arguments]);
        Assert.Equal(said, Seconds().Replace(script.Output, ", 0.0 s:"));
        return said;
    }

    /// <summary>Both verifiers, the program first.</summary>
    public static async Task<Verdict[]> BothAsync(params string[] arguments) => [Program(arguments), await ScriptAsync(arguments)];

    public static Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, bool bare = false) => RunAsync(program, arguments, Deadline, bare);

    /// <summary>Ends it where it is at it still.</summary>
    private static async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, bool bare = false)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (bare)
        {
            start.Environment.Clear();
        }

        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(within);
        using Process process = Start(start);
        await using CancellationTokenRegistration killed = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
        string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new ProgramResult(process.ExitCode, output, await errors);
    }

    [GeneratedRegex(@", \d+\.\d s:")]
    private static partial Regex Seconds();

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{start.FileName} is not on this machine: ./test installs python3, and scripts/build-verifier.sh builds munshi-verify.");
        }
    }
}
