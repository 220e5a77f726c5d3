using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class RoleSecretsTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    private const string Remedy = "./munshi migrate, which gives the database's roles new passwords.";

    private string RolesFile => installation.PathOf("secrets", "database-roles.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"munshi_app\":7}")]
    [InlineData("{\"munshi_app\":null}")]
    [InlineData("{\"munshi_app\":\"\"}")]
    public async Task A_damaged_file_of_passwords_is_named_with_what_to_do(string text)
    {
        byte[] whole = await File.ReadAllBytesAsync(RolesFile, Cancellation);
        await File.WriteAllTextAsync(RolesFile, text, Cancellation);
        try
        {
            foreach (string verb in new[] { "serve", "migrate" })
            {
                ProgramResult result = await installation.RunAsync(verb);

                Assert.Equal((1, ""), (result.ExitCode, result.Output));
                Assert.Equal($"{RolesFile} is damaged: restore it from a backup, or remove it and run {Remedy}", result.Sentence());
            }
        }
        finally
        {
            await File.WriteAllBytesAsync(RolesFile, whole, Cancellation);
        }
    }

    [Fact]
    public async Task A_missing_file_of_passwords_is_named_and_migrate_makes_new_ones()
    {
        File.Delete(RolesFile);

        ProgramResult missing = await installation.RunAsync("workspace", "list");
        bool made = File.Exists(RolesFile);
        ProgramResult migrated = await installation.RunAsync("migrate");
        ProgramResult listed = await installation.RunAsync("workspace", "list");

        Assert.Equal((1, "", false), (missing.ExitCode, missing.Output, made));
        Assert.Equal($"{RolesFile} is missing: restore it from a backup, or run {Remedy}", missing.Sentence());
        Assert.Equal((0, 0), (migrated.ExitCode, listed.ExitCode));
    }

    [Fact]
    public async Task Passwords_that_the_database_does_not_know_are_told_as_such()
    {
        byte[] whole = await File.ReadAllBytesAsync(RolesFile, Cancellation);
        await File.WriteAllTextAsync(RolesFile, (await File.ReadAllTextAsync(RolesFile, Cancellation)).Replace(":\"", ":\"0", StringComparison.Ordinal), Cancellation);
        try
        {
            ProgramResult result = await installation.RunAsync("workspace", "list");

            Assert.Equal(1, result.ExitCode);
            Assert.Equal(
                "The database was never migrated, or does not know the passwords in secrets/database-roles.json: restore the file from a backup, or run ./munshi migrate, which gives the roles these passwords.",
                result.Sentence());
        }
        finally
        {
            await File.WriteAllBytesAsync(RolesFile, whole, Cancellation);
        }
    }

    [Theory]
    [InlineData("root.key", "640")]
    [InlineData("root.key", "604")]
    [InlineData("epoch-1.key", "660")]
    [InlineData("database-roles.json", "644")]
    public async Task A_secret_that_others_can_read_is_refused_with_the_mode_it_must_have(string name, string mode)
    {
        string file = installation.PathOf("secrets", name);
        UnixFileMode own = File.GetUnixFileMode(file);
        File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32(mode, 8));
        try
        {
            foreach (string verb in new[] { "serve", "migrate" })
            {
                ProgramResult result = await installation.RunAsync(verb);

                Assert.Equal((1, ""), (result.ExitCode, result.Output));
                Assert.Equal($"{file} has mode 0{mode}, so that others than its owner may use it: it must have 0600 (chmod 600).", result.Sentence());
            }
        }
        finally
        {
            File.SetUnixFileMode(file, own);
        }
    }

    [Fact]
    public async Task A_directory_of_secrets_that_others_can_enter_is_refused_with_the_mode_it_must_have()
    {
        string directory = installation.PathOf("secrets");
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        try
        {
            ProgramResult result = await installation.RunAsync("workspace", "list");

            Assert.Equal(1, result.ExitCode);
            Assert.Equal($"{directory} has mode 0755, so that others than its owner may use it: it must have 0700 (chmod 700).", result.Sentence());
        }
        finally
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_000_000);
        }
    }
}
