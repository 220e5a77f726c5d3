using Munshi.Database;

namespace Munshi.Search.Index;

/// <summary>Where the index files lie: <c>search/{workspace}/{generation}.db</c>. All of it can be thrown away at any time.</summary>
/// <remarks>A rebuilt index is another file, so that whoever still reads the old one is not disturbed.</remarks>
internal sealed class IndexFolder(DataDirectory data)
{
    private const string Stale = "stale";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Held by the one process that writes.</summary>
    public string WriterLock
    {
        get
        {
            Directory.CreateDirectory(data.Search, OwnerOnly);
            return Path.Combine(data.Search, "writer.lock");
        }
    }

    /// <summary>The newest file of a workspace; null where there is none.</summary>
    public string? Find(Guid clientId)
    {
        try
        {
            return Directory.EnumerateFiles(Of(clientId), "*.db").Max(StringComparer.Ordinal);
        }
        catch (DirectoryNotFoundException)
        {
            return null; // none yet, or removed a moment ago
        }
    }

    /// <summary>The path of a new file, after those there are.</summary>
    public string New(Guid clientId, DateTimeOffset now)
    {
        Directory.CreateDirectory(data.Search, OwnerOnly);
        Directory.CreateDirectory(Of(clientId), OwnerOnly);
        return Path.Combine(Of(clientId), $"{Guid.CreateVersion7(now):N}.db");
    }

    /// <summary>Asks whoever writes to make the index anew: a reader found it damaged, or what it holds is to go.</summary>
    public void MarkStale(Guid clientId)
    {
        if (Directory.Exists(Of(clientId)))
        {
            File.WriteAllBytes(Path.Combine(Of(clientId), Stale), []);
        }
    }

    public bool IsStale(Guid clientId) => File.Exists(Path.Combine(Of(clientId), Stale));

    /// <summary>Removes what there is of a workspace's index.</summary>
    public void Remove(Guid clientId)
    {
        if (Directory.Exists(Of(clientId)))
        {
            Directory.Delete(Of(clientId), recursive: true);
        }
    }

    private string Of(Guid clientId) => Path.Combine(data.Search, clientId.ToString());
}
