using Munshi.Database;

namespace Munshi.Audit.Checkpoints;

/// <summary><c>checkpoints/instance.checkpoint</c>: the last checkpoint of the instance log that was signed, kept outside the database.</summary>
/// <remarks>Its directory may lie on another disk or machine. Safe for several processes.</remarks>
internal sealed class InstanceCheckpointFile(HeadsLocation location)
{
    private readonly string _path = Path.Combine(location.Directory, "instance.checkpoint");
    private readonly string _lockPath = Path.Combine(location.Directory, "instance.lock");

    /// <summary>The note's bytes; null where nothing was signed yet, or the file is gone.</summary>
    public byte[]? Read() => File.Exists(_path) ? File.ReadAllBytes(_path) : null;

    /// <summary>Puts a checkpoint in the place of the one that was read: durable once it returns.</summary>
    /// <param name="expected">What <see cref="Read"/> gave.</param>
    /// <param name="next">The new note's bytes.</param>
    /// <returns>Whether the expected one still stood there; nothing is written where it did not.</returns>
    /// <exception cref="IOException">Another process is writing, or the disk refused.</exception>
    public bool Replace(byte[]? expected, byte[] next)
    {
        Directory.CreateDirectory(location.Directory);
        using FileStream writing = new(_lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        byte[]? standing = Read();
        if (standing is null || expected is null ? standing is not null || expected is not null : !standing.AsSpan().SequenceEqual(expected))
        {
            return false;
        }

        SecretFile.Write(_path, next);
        return true;
    }
}
