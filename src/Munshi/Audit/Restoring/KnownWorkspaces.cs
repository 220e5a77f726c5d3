using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>The workspaces that a restored database has: a log may have none any more.</summary>
internal static class KnownWorkspaces
{
    private const string Query = "SELECT client_id FROM workspace.workspace";

    /// <remarks>They are listed by <c>munshi_reader</c>.</remarks>
    public static async Task<IReadOnlySet<Guid>> ReadAsync(Databases databases, CancellationToken cancellationToken) =>
        (await databases.Reader.RowsAsync(new Statement(Query), reader => reader.GetGuid(0), cancellationToken)).ToHashSet();
}
