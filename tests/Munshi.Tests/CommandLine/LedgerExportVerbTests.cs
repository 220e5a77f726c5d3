using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class LedgerExportVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    [Fact]
    public async Task Before_the_first_signature_the_verb_says_what_to_do_and_leaves_nothing()
    {
        string target = installation.PathOf("evidence");

        ProgramResult unsigned = await installation.RunAsync("ledger", "export", "--workspace", "shop", target);
        ProgramResult unknown = await installation.RunAsync("ledger", "export", "--workspace", "no-such", target);
        ProgramResult wrong = await installation.RunAsync("ledger", "export", "--workspace", "shop");

        Assert.Equal((1, 1, 2), (unsigned.ExitCode, unknown.ExitCode, wrong.ExitCode));
        Assert.StartsWith("No checkpoint of this workspace has been signed yet", unsigned.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(target) || Path.Exists(target + ".part"));
    }
}
