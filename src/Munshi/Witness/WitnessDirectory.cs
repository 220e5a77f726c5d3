using Munshi.CommandLine;

namespace Munshi.Witness;

/// <summary>What a witness keeps, and nothing else: entered by its user only.</summary>
internal sealed class WitnessDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="path">Made absolute against the working directory.</param>
    public WitnessDirectory(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    /// <summary>The private key, as Go's <c>sumdb/note</c> writes one.</summary>
    public string Key => Path.Combine(Root, "witness.key");

    /// <summary>A verifier key a line; written by the operator.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>A file a log, named by the hash of its origin: the checkpoint cosigned last.</summary>
    public string State => Path.Combine(Root, "state");

    /// <summary>A directory an installation.</summary>
    public string Keeper => Path.Combine(Root, "keeper");

    public void Create()
    {
        foreach (string path in (ReadOnlySpan<string>)[Root, State, Keeper])
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    /// <summary>Keeps every other process off until it is disposed of, or this process ends.</summary>
    /// <exception cref="RefusalException">Another one is on it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            throw new RefusalException($"Another witness uses {Root}.");
        }
    }
}
