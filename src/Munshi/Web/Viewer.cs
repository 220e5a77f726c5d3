using Munshi.Channels.Health;

namespace Munshi.Web;

/// <summary>Who looks at the page, and at which workspace.</summary>
public sealed record Viewer
{
    public required string WorkspaceName { get; init; }

    public required string UserName { get; init; }

    /// <summary>Sees what only owners may open.</summary>
    public required bool IsOwner { get; init; }

    /// <summary>A stable name for this person in this workspace that tells nothing of either; browsers key their drafts by it.</summary>
    public required string BrowserKey { get; init; }

    public LedgerState Ledger { get; init; }

    /// <summary>How the worst of the workspace's numbers stands.</summary>
    public HealthTone Channel { get; init; }
}
