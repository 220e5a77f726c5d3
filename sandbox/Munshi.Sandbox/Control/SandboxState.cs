namespace Munshi.Sandbox.Control;

/// <summary>The answer of <c>GET /control/state</c>.</summary>
/// <param name="Version">Rises on every change; for <c>changedAfter</c>.</param>
/// <param name="Queued">Deliveries not yet answered 200, those waiting for a retry included.</param>
/// <param name="Delivered">Deliveries answered 200.</param>
/// <param name="LastStatus">The callback's last answer; null when it was not reached.</param>
/// <param name="Sent">Attempts, repeated ones included.</param>
/// <param name="Updates">Messages and statuses in the deliveries answered 200.</param>
public sealed record SandboxState(
    long Version,
    long Queued,
    long Delivered,
    long Retried,
    long Abandoned,
    int? LastStatus,
    long Sent,
    long Updates,
    long Duplicated,
    long Reordered,
    long StatusesLost,
    GraphState Graph,
    IReadOnlyList<BusinessNumberView> Numbers);
