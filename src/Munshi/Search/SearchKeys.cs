using Munshi.Workspaces;

namespace Munshi.Search;

/// <summary>The keys of index files: each made of the workspace's look-up key and the file's own salt, and kept nowhere.</summary>
internal sealed class SearchKeys(WorkspaceKeys keys)
{
    private const string Purpose = "search-index";

    /// <summary>32 bytes.</summary>
    public Task<byte[]> OfAsync(Guid clientId, byte[] salt, CancellationToken cancellationToken) => keys.LookupAsync(clientId, Purpose, salt, cancellationToken);
}
