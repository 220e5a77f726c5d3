using Munshi.Database.Cluster;

namespace Munshi.Database;

/// <summary>The installation's data directory and what lies in it.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="path">Made absolute against the working directory.</param>
    public DataDirectory(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    /// <summary>Keys and passwords; readable by the service only.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>The keys of the forms' tokens.</summary>
    public string DataProtection => Path.Combine(Secrets, "data-protection");

    public string Keyring => Path.Combine(Root, "keyring");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Backups => Path.Combine(Root, "backups");

    /// <summary>Customers' files, encrypted.</summary>
    public string Media => Path.Combine(Root, "media");

    /// <summary>The search indexes: keyed hashes only, made anew when they are gone. In no backup.</summary>
    public string Search => Path.Combine(Root, "search");

    public string KeyEscrow => Path.Combine(Backups, "keyring");

    /// <summary>Makes the directories that the service writes to, which only the service enters.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Root);
        foreach (string path in (ReadOnlySpan<string>)[Secrets, DataProtection, Keyring, Checkpoints, Backups, KeyEscrow, Media, Search])
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        CloseBackups();
    }

    /// <summary>The first versions made it for everybody to read. A link to another place is its owner's own affair.</summary>
    private void CloseBackups()
    {
        if (NativeFile.Status(Backups, follow: false) is { IsDirectory: true } there
            && there.UserId == NativeFile.EffectiveUser
            && (there.Mode & ~OwnerOnly) != 0)
        {
            NativeFile.SetMode(Backups, OwnerOnly);
        }
    }
}
