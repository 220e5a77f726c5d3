using Munshi.Tests.Running;
using Munshi.Verifier;

namespace Munshi.Tests.Audit.Export;

public sealed class VerifierProgramTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    [Fact]
    public async Task The_built_tool_and_the_script_run_alone_on_an_export_that_holds_them()
    {
        Assert.True(exported.Written.HasVerifier, "munshi-verify is not built: scripts/build-verifier.sh does it, as ./test does.");

        ProgramResult program = await OfflineVerifier.RunAsync(Path.Combine(exported.Whole, "munshi-verify"), [exported.Whole], bare: true);
        ProgramResult script = await OfflineVerifier.RunAsync("/usr/bin/env", ["PATH=/usr/bin:/bin", "python3", Path.Combine(exported.Whole, "verify.py"), exported.Whole], bare: true);

        Assert.Equal((0, "", 0, ""), (program.ExitCode, program.Errors, script.ExitCode, script.Errors));
        Assert.EndsWith("s: nothing was altered\n", program.Output, StringComparison.Ordinal);
        Assert.EndsWith("s: nothing was altered\n", script.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("/there/is/no/such/export")]
    [InlineData(".", "--policy")]
    [InlineData(".", "--policy", "/there/is/no/such/policy")]
    [InlineData(".", "--wrong")]
    [InlineData(".", ".")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments)
    {
        Assert.Equal(2, VerifyProgram.Run(arguments, TextWriter.Null, TextWriter.Null));
        Assert.Equal(2, (await OfflineVerifier.RunAsync("python3", [RepositoryFiles.Path("src/Munshi.Verifier/verify.py"), .. arguments])).ExitCode);
    }

    [Fact]
    public async Task A_directory_that_is_no_export_is_refused_and_what_is_missing_named()
    {
        string empty = exported.NewDirectory();
        Directory.CreateDirectory(empty);

        Assert.All(await OfflineVerifier.BothAsync(empty), verdict =>
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains(("checkpoint", (long?)null, "file-missing"), verdict.Findings);
        });
    }
}
