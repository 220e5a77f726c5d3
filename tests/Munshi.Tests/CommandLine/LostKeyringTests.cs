using Microsoft.Data.Sqlite;
using Munshi.Keyring;
using Munshi.Tests.Running;

namespace Munshi.Tests.CommandLine;

public sealed class LostKeyringTests(CommandLineInstallation installation) : IClassFixture<CommandLineInstallation>
{
    private string Keyring => installation.PathOf("keyring");

    private string Escrow => installation.PathOf("backups", "keyring");

    [Theory]
    [InlineData("serve", "--port", "5999")]
    [InlineData("workspace", "list")]
    public async Task Without_keyring_and_escrow_beside_a_full_database_nothing_starts_and_no_new_keyring_is_made(params string[] verb)
    {
        string kept = Directory.CreateTempSubdirectory("mc-kept-").FullName;
        Directory.Move(Keyring, Path.Combine(kept, "keyring"));
        Directory.Move(Escrow, Path.Combine(kept, "escrow"));
        try
        {
            ProgramResult result = await installation.RunAsync(verb);

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Equal(
                "keyring/keyring.db and backups/keyring are both gone, and nothing else opens what the database holds: restore at least one of them from a backup.",
                result.Sentence());
            Assert.False(File.Exists(Path.Combine(Keyring, "keyring.db")));
        }
        finally
        {
            Restore(Path.Combine(kept, "keyring"), Keyring);
            Restore(Path.Combine(kept, "escrow"), Escrow);
            Directory.Delete(kept, recursive: true);
        }

        Assert.Equal(0, (await installation.RunAsync("workspace", "list")).ExitCode);
    }

    [Fact]
    public async Task A_keyring_without_a_workspaces_keys_is_completed_from_the_escrow_or_refused()
    {
        string kept = Directory.CreateTempSubdirectory("mc-kept-").FullName;
        File.Copy(Path.Combine(Keyring, "keyring.db"), Path.Combine(kept, "keyring.db"));
        string[] before = Directory.GetFiles(Path.Combine(Escrow, "epoch-1"));
        await DrainAsync();
        Assert.Equal(0, (await installation.RunAsync("workspace", "create", "second", "--name", "Other Shop")).ExitCode);
        string[] after = [.. Directory.GetFiles(Path.Combine(Escrow, "epoch-1")).Except(before)];
        Assert.NotEmpty(after);
        File.Copy(Path.Combine(kept, "keyring.db"), Path.Combine(Keyring, "keyring.db"), overwrite: true);
        foreach (string file in after)
        {
            File.Move(file, Path.Combine(kept, Path.GetFileName(file)));
        }

        ProgramResult refused = await installation.RunAsync("workspace", "list");
        foreach (string file in after)
        {
            File.Move(Path.Combine(kept, Path.GetFileName(file)), file);
        }

        ProgramResult completed = await installation.RunAsync("member", "list", "--workspace", "second");
        Directory.Delete(kept, recursive: true);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Equal(
            "2 keys of workspaces are neither in keyring/keyring.db nor in backups/keyring: restore a newer copy of one of them from a backup.",
            refused.Sentence());
        Assert.Equal(0, completed.ExitCode);
        Assert.Contains("The keyring lacked 2 keys of workspaces", completed.Errors, StringComparison.Ordinal);
    }

    private static void Restore(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        Directory.Move(from, to);
    }

    /// <summary>Takes the pool away, so that the next workspace's keys are newly made and escrowed.</summary>
    private async Task DrainAsync()
    {
        await using SqliteConnection connection = KeyringConnection.Open(Path.Combine(Keyring, "keyring.db"));
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM key WHERE state = 'pooled'";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
