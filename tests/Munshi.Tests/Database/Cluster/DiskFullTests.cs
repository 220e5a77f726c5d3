using System.Diagnostics;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

/// <summary>On small file systems in memory, which only root can mount.</summary>
public sealed class DiskFullTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Too_small_a_disk_is_refused_before_anything_is_made()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 60);
        await using ClusterBench bench = new(disk.Path);

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.DiskFull, refused.Reason);
        Assert.Contains("at least 64 MB", refused.Sentence, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.ClusterDirectory));
    }

    [Fact]
    public async Task Disk_that_fills_during_creation_leaves_no_half_cluster()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 20);
        await using ClusterBench bench = new(disk.Path);
        Directory.CreateDirectory(bench.DataDirectory);
        ClusterHome home = new(bench.DataDirectory, new string('0', 32), bench.ClusterDirectory, LinkMissing: false);
        ClusterCreation creation = new(ClusterBench.Account, ClusterBench.Command, new ServerFile(ClusterBench.Account));

        ClusterOutcome.Refused? refused = await creation.CreateAsync(home, await ClusterBench.ProgramsAsync(), Cancellation);

        Assert.Equal(ClusterRefusal.DiskFull, refused?.Reason);
        Assert.Empty(Directory.GetFileSystemEntries(bench.DataDirectory));
    }

    [Fact]
    public async Task Full_disk_is_told_at_the_start_and_the_data_are_kept()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 160);
        await using ClusterBench bench = new(disk.Path);
        await using (ClusterLease lease = await bench.AcquireAsync())
        {
            await ClusterBench.AskAsync(lease.Location, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        disk.Fill();
        ClusterOutcome.Refused refused = await bench.RefusalAsync();
        Assert.Equal(ClusterRefusal.DiskFull, refused.Reason);

        disk.Free();
        await using ClusterLease again = await bench.AcquireAsync();
        Assert.Equal("42", await ClusterBench.AskAsync(again.Location, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Server_that_finds_the_disk_full_is_understood()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 160);
        await using ClusterBench bench = new(disk.Path);
        await bench.CreateAsync();
        ServerPrograms programs = await ClusterBench.ProgramsAsync();
        string id = (await File.ReadAllTextAsync(Path.Combine(bench.DataDirectory, "instance-id"), Cancellation)).Trim();
        ClusterHome home = new(bench.DataDirectory, id, bench.ClusterDirectory, LinkMissing: false);
        SocketDirectory socket = new(ClusterBench.Account, id, runtimeDirectory: null);
        ServerStart start = new(home, programs, ClusterBench.Account, ClusterBench.Command, socket);
        Assert.Null(await start.ConfigureAsync(Cancellation));
        File.Delete(start.Log.StartFile); // its block would be room enough
        disk.Fill();

        StartAttempt attempt = await start.StartAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(ClusterRefusal.DiskFull, Assert.IsType<StartAttempt.Failed>(attempt).Refusal.Reason);
        disk.Free();
    }

    private sealed class SmallDisk : IAsyncDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        private string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static async Task<SmallDisk> MountAsync(int megabytes)
        {
            Assert.SkipUnless(Environment.UserName == "root", "NOT CHECKED: only root can mount a small disk");
            string path = Directory.CreateTempSubdirectory("md-").FullName;
            bool mounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0755", "tmpfs", path);
            if (!mounted)
            {
                Directory.Delete(path);
                Assert.Skip("NOT CHECKED: this machine does not let us mount a small disk");
            }

            return new SmallDisk(path);
        }

        public void Fill()
        {
            using FileStream file = File.Create(Ballast);
            byte[] block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Full, as intended.
            }
        }

        public void Free() => File.Delete(Ballast);

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", Path);
            Directory.Delete(Path);
        }

        private static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            using Process process = Process.Start(program, arguments);
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode == 0;
        }
    }
}
