namespace Munshi.Workspaces;

/// <param name="ClientId">The workspace's id.</param>
/// <param name="Slug">Its handle on the command line.</param>
/// <param name="CreatedAt">UTC.</param>
internal sealed record WorkspaceListing(Guid ClientId, string Slug, DateTimeOffset CreatedAt);
