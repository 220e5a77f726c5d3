using Munshi.Database;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database;

public sealed class DataDirectoryTests : IDisposable
{
    private const int OwnerOnly = 0b111_000_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-data-").FullName;

    private string Backups => Path.Combine(_directory, "backups");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Backups_are_their_owners_alone()
    {
        new DataDirectory(_directory).Create();

        Assert.Equal(OwnerOnly, (int)NativeFile.Status(Backups, follow: false)!.Value.Mode);
    }

    [Fact]
    public void Backups_that_an_earlier_version_left_open_are_closed()
    {
        NativeFile.MakeDirectory(Backups, (UnixFileMode)OwnerOnly);
        NativeFile.SetMode(Backups, (UnixFileMode)0b111_101_101);

        new DataDirectory(_directory).Create();

        Assert.Equal(OwnerOnly, (int)NativeFile.Status(Backups, follow: false)!.Value.Mode);
    }
}
