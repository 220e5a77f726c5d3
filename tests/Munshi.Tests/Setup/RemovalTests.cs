using System.Diagnostics;
using Munshi.CommandLine;
using Munshi.Database.Cluster;
using Munshi.Tests.Database.Cluster;
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
        string linked = Path.Combine(ClusterHome.LinkedRoot, id);
        string[] outside = [linked, LinkedClusterOwner.FileOf(linked), $"/run/munshi-{id[..12]}", $"/tmp/munshi-{ServerAccount.Find()!.UserId}-{id[..12]}"];

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

    [Theory]
    [InlineData("migrate")]
    [InlineData("serve")]
    [InlineData("workspace", "list")]
    public async Task Nothing_starts_where_a_removal_was_broken_off(params string[] verb)
    {
        Directory.CreateDirectory(Path.Combine(Data, "keyring"));
        await File.WriteAllTextAsync(Path.Combine(Data, "removing"), "", TestContext.Current.CancellationToken);

        ProgramResult refused = await MunshiProgram.RunAsync([.. verb, "--data", Data]);

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"A removal of {Data} was begun and not completed: ", refused.Sentence(), StringComparison.Ordinal);
        Assert.Equal(["keyring", "removing"], Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_removal_broken_off_before_the_cluster_went_asks_it_again()
    {
        await MakeAsync("demo", "shop");
        string mark = Path.Combine(Data, "removing");
        await File.WriteAllTextAsync(mark, "", TestContext.Current.CancellationToken);

        ProgramResult refused = await RemoveAsync();
        bool kept = Directory.Exists(Path.Combine(Data, "pg"));
        File.Delete(mark);
        ProgramResult listed = await MunshiProgram.RunAsync("workspace", "list", "--data", Data);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'shop'", refused.Sentence(), StringComparison.Ordinal);
        Assert.True(kept);
        Assert.Equal(0, listed.ExitCode);
    }

    [Fact]
    public async Task A_removal_broken_off_before_anything_went_is_completed()
    {
        await MakeAsync("demo");
        await File.WriteAllTextAsync(Path.Combine(Data, "removing"), "", TestContext.Current.CancellationToken);

        ProgramResult removed = await RemoveAsync();

        Assert.Equal((0, ""), (removed.ExitCode, removed.Errors));
        Assert.False(Path.Exists(Data));
    }

    [Theory]
    [InlineData("remove", "--only-workspace", "demo")]
    [InlineData("workspace", "list")]
    [InlineData("migrate")]
    public async Task A_copied_data_directory_does_not_get_at_the_cluster_of_the_original(params string[] verb)
    {
        RequireLinkedClusters();
        await MakeAsync("demo");
        string copy = Path.Combine(_directory, "copy");
        await CopyAsync("-a", copy);

        ProgramResult refused = await MunshiProgram.RunAsync([.. verb, "--data", copy]);
        ProgramResult whole = await MunshiProgram.RunAsync("workspace", "list", "--data", Data);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"belongs to {Data}, of which {copy} is a copy", refused.Sentence(), StringComparison.Ordinal);
        Assert.True(Path.Exists(Path.Combine(copy, "pg")));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Errors));
    }

    [Fact]
    public async Task Removing_a_copy_with_a_cluster_of_its_own_leaves_the_original_whole()
    {
        RequireLinkedClusters();
        await MakeAsync("demo");
        string copy = Path.Combine(_directory, "copy");
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_001_001); // the server's user may pass
        await CopyAsync("-aL", copy);

        ProgramResult removed = await MunshiProgram.RunAsync("remove", "--only-workspace", "demo", "--yes", "--data", copy);
        ProgramResult whole = await MunshiProgram.RunAsync("workspace", "list", "--data", Data);

        Assert.Equal((0, ""), (removed.ExitCode, removed.Errors));
        Assert.False(Path.Exists(copy));
        Assert.Equal((0, ""), (whole.ExitCode, whole.Errors));
    }

    [Fact]
    public async Task The_socket_of_another_running_installation_is_not_a_copys_to_remove()
    {
        await using ClusterBench copy = new();
        await using ClusterBench bench = new();
        await using ClusterLease lease = await bench.AcquireAsync();
        using (Process copying = Process.Start("cp", ["-a", bench.DataDirectory, copy.DataDirectory]))
        {
            await copying.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(lease.Location.SocketDirectory, InstallationRemoval.Find(bench.DataDirectory, []));
        Assert.DoesNotContain(lease.Location.SocketDirectory, InstallationRemoval.Find(copy.DataDirectory, []));
    }

    [Fact]
    public async Task The_socket_directory_of_a_stopped_original_is_not_a_copys_to_remove()
    {
        RequireLinkedClusters();
        await MakeAsync("demo");
        string copy = Path.Combine(_directory, "copy");
        await CopyAsync("-aL", copy);
        string id = (await File.ReadAllTextAsync(Path.Combine(Data, "instance-id"), TestContext.Current.CancellationToken)).Trim();
        string socket = $"/run/munshi-{id[..12]}";
        Directory.CreateDirectory(socket);

        Assert.DoesNotContain(socket, InstallationRemoval.Find(copy, []));
        Assert.Contains(socket, InstallationRemoval.Find(Data, []));
    }

    [Fact]
    public async Task A_data_directory_that_was_moved_or_made_by_an_earlier_version_takes_its_cluster_along()
    {
        RequireLinkedClusters();
        await MakeAsync("demo");
        string owner = LinkedClusterOwner.FileOf(new FileInfo(Path.Combine(Data, "pg")).LinkTarget!);
        string moved = Path.Combine(_directory, "moved");
        Directory.Move(Data, moved);

        ProgramResult listed = await MunshiProgram.RunAsync("workspace", "list", "--data", moved);
        string named = await File.ReadAllTextAsync(owner, TestContext.Current.CancellationToken);
        File.Delete(owner);
        Directory.Move(moved, Data);
        ProgramResult again = await MunshiProgram.RunAsync("workspace", "list", "--data", Data);

        Assert.Equal((0, ""), (listed.ExitCode, listed.Errors));
        Assert.Equal(moved + "\n", named);
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.Equal(Data + "\n", await File.ReadAllTextAsync(owner, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_yes_nothing_is_removed()
    {
        await MakeAsync("demo");

        ProgramResult refused = await MunshiProgram.RunAsync("remove", "--only-workspace", "demo", "--data", Data);

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal("Nothing was removed: say --yes to remove it without being asked.", refused.Sentence());
        Assert.True(Path.Exists(Path.Combine(Data, "pg")));
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
        foreach (string path in InstallationRemoval.Find(Data, []))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
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

    private static void RequireLinkedClusters() =>
        Assert.SkipUnless(ServerAccount.Find()!.IsSwitched, "only root's clusters lie outside their data directory");

    private async Task CopyAsync(string how, string copy)
    {
        using Process process = Process.Start("cp", [how, Data, copy]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private Task<ProgramResult> RemoveAsync(params string[] more) => MunshiProgram.RunAsync(
        ["remove", "--only-workspace", "demo", "--also", "sandbox", "--yes", "--data", Data, .. more]);

    private async Task MakeAsync(params string[] workspaces)
    {
        Assert.Equal(0, (await MunshiProgram.RunAsync("migrate", "--data", Data)).ExitCode);
        foreach (string workspace in workspaces)
        {
            Assert.Equal(0, (await MunshiProgram.RunAsync("workspace", "create", workspace, "--name", workspace, "--data", Data)).ExitCode);
        }
    }
}
