using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class ClosedGateVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    private const string Weaken = "ALTER TABLE vault.message DISABLE TRIGGER immutable";
    private const string Mend = "ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable";

    [Theory]
    [InlineData("workspace", "list")]
    [InlineData("member", "list", "--workspace", "shop")]
    [InlineData("member", "add", "--workspace", "shop", "--name", "Asha Owner")]
    [InlineData("channel", "list", "--workspace", "shop")]
    [InlineData("knowledge", "ask", "timings", "--workspace", "shop")]
    public async Task On_a_database_that_no_longer_carries_its_promises_a_verb_is_refused_in_one_sentence(params string[] verb)
    {
        await installation.AsSuperuserAsync(Weaken);
        try
        {
            ProgramResult result = await installation.RunAsync(verb);

            // the gate logs the difference on standard error too: the sentence is the last line
            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.StartsWith(
                "Intake only: the database no longer carries its promises (missing: trigger|vault.message|",
                result.Errors.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        }
        finally
        {
            await installation.AsSuperuserAsync(Mend);
        }

        Assert.Equal(0, (await installation.RunAsync("workspace", "list")).ExitCode);
    }

    [Fact]
    public async Task Verification_runs_on_a_database_that_no_longer_carries_its_promises()
    {
        await installation.AsSuperuserAsync(Weaken);
        try
        {
            ProgramResult result = await installation.RunAsync("ledger", "verify", "--json");

            Assert.Contains("\"entries\":", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Intake only: the database no longer carries its promises (", result.Errors, StringComparison.Ordinal);
        }
        finally
        {
            await installation.AsSuperuserAsync(Mend);
        }
    }
}
