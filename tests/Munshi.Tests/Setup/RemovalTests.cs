using Munshi.Database.Cluster;
using Munshi.Tests.Running;

namespace Munshi.Tests.Setup;

public sealed class RemovalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-removal-").FullName;

    private string Data => Path.Combine(_directory, "data");

    [Fact]
    public async Task An_installation_with_only_the_named_workspace_is_removed_and_no_file_remains()
    {
        await MakeAsync("demo");
        string id = (await File.ReadAllTextAsync(Path.Combine(Data, "instance-id"), TestContext.Current.CancellationToken)).Trim();
        Directory.CreateDirectory(Path.Combine(Data, "sandbox"));
        await File.WriteAllTextAsync(Path.Combine(Data, "sandbox", "journal.jsonl"), "{}", TestContext.Current.CancellationToken);
        string[] outside = [Path.Combine(ClusterHome.LinkedRoot, id), $"/run/munshi-{id[..12]}", $"/tmp/munshi-{ServerAccount.Find()!.UserId}-{id[..12]}"];

        ProgramResult listed = await RemoveAsync("--list");
        bool kept = Directory.Exists(Data);
        ProgramResult removed = await RemoveAsync();

        Assert.Equal(0, listed.ExitCode);
        Assert.Contains(Path.Combine(Data, "secrets"), listed.Output.Split('\n'));
        Assert.Contains(Path.Combine(Data, "sandbox"), listed.Output.Split('\n'));
        Assert.True(kept);
        Assert.Equal(0, removed.ExitCode);
        Assert.False(Path.Exists(Data));
        Assert.All(outside, path => Assert.False(Path.Exists(path), path));
    }

    [Fact]
    public async Task One_that_holds_another_workspace_is_left_whole()
    {
        await MakeAsync("demo", "real");

        ProgramResult refused = await RemoveAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'real'", refused.Sentence(), StringComparison.Ordinal);
        Assert.Equal(0, (await MunshiProgram.RunAsync("workspace", "list", "--data", Data)).ExitCode);
    }

    [Fact]
    public async Task A_removal_broken_off_is_completed_and_what_is_not_munshis_stays()
    {
        await MakeAsync("demo");
        string foreign = Path.Combine(Data, "accounts.ods");
        await File.WriteAllTextAsync(foreign, "mine", TestContext.Current.CancellationToken);
        TakeClusterAway();
        await File.WriteAllTextAsync(Path.Combine(Data, "removing"), "", TestContext.Current.CancellationToken); // as far as a kill may have come

        ProgramResult removed = await RemoveAsync();

        Assert.Equal(0, removed.ExitCode);
        Assert.Equal([foreign], Directory.EnumerateFileSystemEntries(Data));
        Assert.Contains(foreign, removed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_whose_database_is_missing_are_left_whole()
    {
        await MakeAsync("real");
        TakeClusterAway();
        string[] before = [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Order()];

        ProgramResult refused = await RemoveAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no database", refused.Sentence(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Order());
    }

    public void Dispose()
    {
        foreach (string path in Munshi.CommandLine.InstallationRemoval.Find(Data, []))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The link, or the directory itself.</summary>
    private void TakeClusterAway()
    {
        string cluster = Path.Combine(Data, "pg");
        if (new FileInfo(cluster).LinkTarget is not null)
        {
            File.Delete(cluster);
        }
        else
        {
            Directory.Delete(cluster, recursive: true);
        }
    }

    private Task<ProgramResult> RemoveAsync(params string[] more) => MunshiProgram.RunAsync(
        ["remove", "--only-workspace", "demo", "--also", "sandbox", "--also", "run.lock", "--data", Data, .. more]);

    private async Task MakeAsync(params string[] workspaces)
    {
        Assert.Equal(0, (await MunshiProgram.RunAsync("migrate", "--data", Data)).ExitCode);
        foreach (string workspace in workspaces)
        {
            Assert.Equal(0, (await MunshiProgram.RunAsync("workspace", "create", workspace, "--name", workspace, "--data", Data)).ExitCode);
        }
    }
}
