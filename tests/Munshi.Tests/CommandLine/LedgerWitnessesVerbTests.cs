using System.Text.Json;
using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class LedgerWitnessesVerbTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    [Fact]
    public async Task An_installation_without_witnesses_says_so()
    {
        ProgramResult text = await installation.RunAsync("ledger", "witnesses");
        ProgramResult json = await installation.RunAsync("ledger", "witnesses", "--json");

        Assert.Equal("Nothing was signed yet: start the server once.\nPublished: 0 ticks\nNo witness is configured.\n", text.Output);
        Assert.Equal(0, JsonDocument.Parse(json.Output).RootElement.GetProperty("witnesses").GetArrayLength());
        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
    }
}
