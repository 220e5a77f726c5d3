using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class LedgerVerifyVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    private const string Tamper =
        """
        ALTER TABLE ledger.entry DISABLE TRIGGER immutable;
        UPDATE ledger.entry SET row_hash = sha256(row_hash);
        ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER immutable;
        """;

    private string HeadsPath => installation.PathOf("checkpoints", "heads.log");

    [Fact]
    public async Task Heads_are_recorded_after_a_green_comparison_only()
    {
        ProgramResult green = await installation.RunAsync("ledger", "verify");
        string recorded = await File.ReadAllTextAsync(HeadsPath, TestContext.Current.CancellationToken);
        await installation.RunAsync("member", "add", "--workspace", "shop", "--name", "Asha Owner", "--role", "owner");
        await installation.AsSuperuserAsync(Tamper);

        ProgramResult red = await installation.RunAsync("ledger", "verify");

        Assert.Equal((0, 1), (green.ExitCode, red.ExitCode));
        Assert.Contains("NOT AS WRITTEN", red.Output, StringComparison.Ordinal);
        Assert.Matches("[0-9a-f]{64}\n$", recorded);
        Assert.Equal(recorded, await File.ReadAllTextAsync(HeadsPath, TestContext.Current.CancellationToken));
    }
}
