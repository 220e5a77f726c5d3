using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class LostDatabaseTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    [Theory]
    [InlineData("serve", "--port=59999")]
    [InlineData("workspace", "list")]
    public async Task A_database_that_goes_away_during_the_start_is_named(params string[] verb)
    {
        string socket = Path.Combine(installation.Address.Host, ".s.PGSQL.5432");
        File.Move(socket, socket + ".away"); // alive by its process file, and nobody answers: as in the moment of a kill
        try
        {
            ProgramResult result = await installation.RunAsync(verb);

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Equal(
                "The database stopped or was stopped while Munshi was using it: start again in a moment. Its log, in log/postgresql of the data directory, says why.",
                result.Sentence());
        }
        finally
        {
            File.Move(socket + ".away", socket);
        }
    }
}
