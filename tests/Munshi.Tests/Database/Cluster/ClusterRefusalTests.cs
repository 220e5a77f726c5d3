using System.Diagnostics;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

public sealed class ClusterRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_server_programs_are_named_with_what_to_install()
    {
        await using ClusterBench bench = new();

        ClusterOutcome.Refused refused = await bench.RefusalAsync(new ServerProgramSearch("/nonexistent", searchPath: null));

        Assert.Equal(ClusterRefusal.NoServerPrograms, refused.Reason);
        Assert.Contains("apt-get install postgresql", refused.Sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.ClusterDirectory));
    }

    [Theory]
    [InlineData("13", "upgrade")]
    [InlineData("9.6", "upgrade")]
    [InlineData("99", "apt-get install postgresql-99")]
    public async Task Cluster_of_another_version_is_left_alone(string version, string advice)
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.ClusterDirectory);
        await File.WriteAllTextAsync(Path.Combine(bench.ClusterDirectory, "PG_VERSION"), version + "\n", Cancellation);
        GiveToServer(bench.ClusterDirectory);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.OtherVersion, refused.Reason);
        Assert.Contains($"PostgreSQL {version}", refused.Sentence, StringComparison.Ordinal);
        Assert.Contains($"this machine has {(await ClusterBench.ProgramsAsync()).MajorVersion}", refused.Sentence, StringComparison.Ordinal);
        Assert.Contains(advice, refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Newer_version_than_15_is_chosen_by_the_cluster_that_has_it()
    {
        string directory = Directory.CreateTempSubdirectory("mc-").FullName;
        File.WriteAllText(ClusterVersion.FileIn(directory), "16\n");

        (ServerPrograms? programs, _) = ClusterVersion.Choose(
            directory, [new ServerPrograms(17, "/17"), new ServerPrograms(16, "/16"), new ServerPrograms(15, "/15")]);

        Assert.Equal(16, programs!.MajorVersion);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Directory_with_other_files_is_not_overwritten()
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.ClusterDirectory);
        string precious = Path.Combine(bench.ClusterDirectory, "precious");
        await File.WriteAllTextAsync(precious, "kept", Cancellation);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.NotACluster, refused.Reason);
        Assert.Equal("kept", await File.ReadAllTextAsync(precious, Cancellation));
    }

    [Fact]
    public async Task Empty_directory_is_used()
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.ClusterDirectory);

        await using ClusterLease lease = await bench.AcquireAsync();

        Assert.True(lease.Created);
    }

    [Fact]
    public async Task Link_that_leads_nowhere_is_not_taken_for_a_missing_cluster()
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.DataDirectory);
        File.CreateSymbolicLink(bench.ClusterDirectory, "/var/lib/munshi/not-mounted");

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.NotACluster, refused.Reason);
        Assert.Contains("/var/lib/munshi/not-mounted", refused.Sentence, StringComparison.Ordinal);
        File.Delete(bench.ClusterDirectory);
    }

    [Fact]
    public async Task Cluster_of_another_user_is_refused_by_name()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can give a directory away");
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        NativeFile.ChangeOwner(bench.ClusterDirectory, userId: 65534, groupId: 65534);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.BelongsToAnotherUser, refused.Reason);
        Assert.Contains("the user nobody", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_server_in_the_directory_is_named_and_left_running()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        string sockets = Directory.CreateTempSubdirectory("mc-").FullName;
        GiveToServer(sockets);
        ServerPrograms programs = await ClusterBench.ProgramsAsync();
        CommandResult started = await ClusterBench.Command.RunAsync(
            programs.Control,
            ["start", "-D", bench.ClusterDirectory, "-w", "-l", "/dev/null", "-o", $"-c unix_socket_directories={sockets}"],
            Cancellation);
        Assert.True(started.Succeeded, started.Errors);
        int other = bench.Postmaster()!.ProcessId;

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.HeldByAnother, refused.Reason);
        Assert.Contains($"process {other}", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(other, bench.Postmaster()!.ProcessId);
        await ClusterBench.Command.RunAsync(
            programs.Control, ["stop", "-D", bench.ClusterDirectory, "-m", "fast", "-w"], Cancellation);
        Directory.Delete(sockets, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_beside_its_running_original_is_told_whose_it_is(bool withProcessFile)
    {
        await using ClusterBench copy = new(); // declared first: at its end it removes what both share outside
        await using ClusterBench bench = new();
        await using ClusterLease lease = await bench.AcquireAsync();
        using (Process copying = Process.Start("cp", ["-a", bench.DataDirectory, copy.DataDirectory]))
        {
            await copying.WaitForExitAsync(Cancellation);
        }

        if (!withProcessFile)
        {
            File.Delete(Path.Combine(copy.ClusterDirectory, "postmaster.pid"));
        }

        ClusterOutcome.Refused refused = await copy.RefusalAsync().WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(ClusterRefusal.BelongsToAnotherDirectory, refused.Reason);
        Assert.Equal(
            $"Another installation with the same id runs in {bench.ClusterDirectory} (process {bench.Postmaster()!.ProcessId}), and {copy.ClusterDirectory} is a copy of it "
            + "or its original: only one of them can run at a time, so stop that one first.",
            refused.Sentence);
        Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
    }

    [Fact]
    public async Task Process_number_given_to_another_program_is_explained()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        ServerAccount account = ClusterBench.Account;
        string[] asServer = account.IsSwitched
            ? ["setpriv", "--reuid", $"{account.UserId}", "--clear-groups", "sleep", "60"]
            : ["sleep", "60"];
        using Process other = Process.Start(asServer[0], asServer[1..]);
        string file = Path.Combine(bench.ClusterDirectory, "postmaster.pid");
        await File.WriteAllTextAsync(file, $"{other.Id}\n{bench.ClusterDirectory}\n1\n5432\n\n\n", Cancellation);
        GiveToServer(file);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        other.Kill();
        Assert.Equal(ClusterRefusal.HeldByAnother, refused.Reason);
        Assert.Contains($"process number {other.Id}", refused.Sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
        await bench.CreateAsync();
    }

    [Fact]
    public async Task Damaged_control_file_is_told_in_one_line()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        await using (FileStream control = File.OpenWrite(Path.Combine(bench.ClusterDirectory, "global", "pg_control")))
        {
            control.Position = 16;
            control.Write([0xff, 0xff, 0xff, 0xff]);
        }

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.StartFailed, refused.Reason);
        Assert.EndsWith(": incorrect checksum in control file.", refused.Sentence, StringComparison.Ordinal);
        Assert.Null(bench.Postmaster());
    }

    [Fact]
    public async Task Missing_control_file_is_told_in_one_line()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        File.Delete(Path.Combine(bench.ClusterDirectory, "global", "pg_control"));

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.StartFailed, refused.Reason);
        Assert.DoesNotContain('\n', refused.Sentence);
        Assert.EndsWith(": could not find the database system.", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistake_in_the_operators_own_settings_is_told()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        string main = Path.Combine(bench.ClusterDirectory, "postgresql.conf");
        await File.AppendAllTextAsync(main, "work_mem = 'plenty'\n", Cancellation);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.StartFailed, refused.Reason);
        Assert.EndsWith(": invalid value for parameter \"work_mem\": \"plenty\".", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_directory_that_is_a_file_is_refused()
    {
        await using ClusterBench bench = new();
        await File.WriteAllTextAsync(bench.DataDirectory, "", Cancellation);

        Assert.Equal(ClusterRefusal.DataDirectoryUnusable, (await bench.RefusalAsync()).Reason);
    }

    [Fact]
    public async Task Data_directory_on_a_read_only_file_system_is_refused()
    {
        ManagedCluster cluster = new(
            "/proc/munshi/data", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ManagedCluster>.Instance);

        ClusterOutcome.Refused refused = Assert.IsType<ClusterOutcome.Refused>(await cluster.AcquireAsync(Cancellation));

        Assert.Contains("/proc/munshi/data", refused.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tmp/a\"b")]
    [InlineData("/tmp/$(reboot)")]
    [InlineData("/tmp/`reboot`")]
    [InlineData("/tmp/a\\b")]
    [InlineData("/tmp/a\nb")]
    public void Path_that_pg_ctls_shell_would_read_is_refused(string path)
    {
        ClusterOutcome.Refused? refused = DataDirectoryPath.Prepare(path, ClusterBench.Account);

        Assert.Equal(ClusterRefusal.DataDirectoryUnusable, refused?.Reason);
        Assert.False(Path.Exists(path));
    }

    [Fact]
    public async Task Path_with_spaces_quotes_and_other_scripts_is_served()
    {
        string root = Directory.CreateTempSubdirectory("mc-").FullName;
        NativeFile.SetMode(root, (UnixFileMode)0b111_101_101);
        await using (ClusterBench bench = new(Path.Combine(root, "it's मुंशी & co; 100%")))
        {
            await using ClusterLease lease = await bench.AcquireAsync();

            Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Damaged_instance_id_is_refused()
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.DataDirectory);
        string file = Path.Combine(bench.DataDirectory, "instance-id");
        await File.WriteAllTextAsync(file, "../../etc\n", Cancellation);

        Assert.Equal(ClusterRefusal.DataDirectoryUnusable, (await bench.RefusalAsync()).Reason);
        File.Delete(file);
    }

    private static void GiveToServer(string directory)
    {
        if (ClusterBench.Account.IsSwitched)
        {
            NativeFile.ChangeOwner(directory, ClusterBench.Account.UserId, ClusterBench.Account.GroupId);
        }
    }
}
