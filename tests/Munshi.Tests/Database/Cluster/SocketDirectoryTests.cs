using System.Security.Cryptography;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

public sealed class SocketDirectoryTests
{
    private static readonly string Id = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static readonly ServerAccount Ordinary =
        new("someone", NativeFile.EffectiveUser, GroupId: 0, IsSwitched: false);

    [Fact]
    public void Ordinary_user_without_a_runtime_directory_gets_a_private_one_in_tmp()
    {
        SocketDirectory socket = new(Ordinary, Id, runtimeDirectory: null);

        Assert.Null(socket.Prepare());
        Assert.Equal($"/tmp/munshi-{Ordinary.UserId}-{Id[..12]}", socket.Path);
        Assert.Equal(0b111_000_000, (int)NativeFile.Status(socket.Path, follow: false)!.Value.Mode);
        Assert.Equal("0700", socket.SocketPermissions);
        Directory.Delete(socket.Path);
    }

    [Fact]
    public void Private_runtime_directory_is_preferred_and_both_are_known_as_ours()
    {
        string runtime = Directory.CreateTempSubdirectory("mc-").FullName;
        SocketDirectory socket = new(Ordinary, Id, runtime);

        Assert.Equal($"{runtime}/munshi-{Id[..12]}", socket.Path);
        Assert.True(socket.IsOurs($"/tmp/munshi-{Ordinary.UserId}-{Id[..12]}"));
        Assert.False(socket.IsOurs("/tmp"));
        Directory.Delete(runtime);
    }

    [Fact]
    public void Runtime_directory_that_others_can_write_or_that_is_too_long_is_not_used()
    {
        string shared = Directory.CreateTempSubdirectory("mc-").FullName;
        NativeFile.SetMode(shared, (UnixFileMode)0b111_111_111);
        string deep = Directory.CreateTempSubdirectory("mc-" + new string('d', 90)).FullName;

        Assert.StartsWith("/tmp/munshi-", new SocketDirectory(Ordinary, Id, shared).Path, StringComparison.Ordinal);
        Assert.StartsWith("/tmp/munshi-", new SocketDirectory(Ordinary, Id, deep).Path, StringComparison.Ordinal);
        Directory.Delete(shared);
        Directory.Delete(deep);
    }

    [Fact]
    public async Task A_server_that_stopped_leaves_no_socket_directory()
    {
        await using ClusterBench bench = new();
        string path;
        await using (ClusterLease lease = await bench.AcquireAsync())
        {
            path = lease.Location.SocketDirectory;
            Assert.True(Directory.Exists(path));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task What_else_lies_in_the_socket_directory_stays()
    {
        await using ClusterBench bench = new();
        string foreign;
        await using (ClusterLease lease = await bench.AcquireAsync())
        {
            foreign = Path.Combine(lease.Location.SocketDirectory, "notes");
            await File.WriteAllTextAsync(foreign, "mine", TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public void Link_planted_in_its_place_is_refused()
    {
        ServerAccount account = Ordinary;
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        SocketDirectory socket = new(account, id, runtimeDirectory: null);
        string elsewhere = Directory.CreateTempSubdirectory("mc-").FullName;
        File.CreateSymbolicLink(socket.Path, elsewhere);

        Assert.Equal(ClusterRefusal.SocketDirectoryUnsafe, socket.Prepare()?.Reason);
        File.Delete(socket.Path);
        Directory.Delete(elsewhere);
    }

    [Fact]
    public void Directory_of_another_user_in_its_place_is_refused()
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ServerAccount other = Ordinary with { UserId = 4_000_000 };
        SocketDirectory socket = new(other, id, runtimeDirectory: null);
        Directory.CreateDirectory(socket.Path);

        Assert.Equal(ClusterRefusal.SocketDirectoryUnsafe, socket.Prepare()?.Reason);
        Directory.Delete(socket.Path);
    }

    [Fact]
    public void Directory_left_too_open_is_closed()
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        SocketDirectory socket = new(Ordinary, id, runtimeDirectory: null);
        Directory.CreateDirectory(socket.Path);
        NativeFile.SetMode(socket.Path, (UnixFileMode)0b111_111_111);

        Assert.Null(socket.Prepare());
        Assert.Equal(0b111_000_000, (int)NativeFile.Status(socket.Path, follow: false)!.Value.Mode);
        Directory.Delete(socket.Path);
    }
}
