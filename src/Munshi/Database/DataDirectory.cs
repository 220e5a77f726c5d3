namespace Munshi.Database;

/// <summary>The installation's data directory and what lies in it.</summary>
internal sealed class DataDirectory
{
    /// <param name="path">Made absolute against the working directory.</param>
    public DataDirectory(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    /// <summary>Keys and passwords; readable by the service only.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>The keys of the forms' tokens.</summary>
    public string DataProtection => Path.Combine(Secrets, "data-protection");

    public string Keyring => Path.Combine(Root, "keyring");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string KeyEscrow => Path.Combine(Root, "backups", "keyring");

    /// <summary>Makes the directories that the service writes to; those with secrets are entered by the service only.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Root);
        foreach (string path in (ReadOnlySpan<string>)[Secrets, DataProtection, Keyring, Checkpoints, KeyEscrow])
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
