namespace Munshi.Sandbox.Control;

/// <summary>The answer of <c>GET /control/state</c>.</summary>
/// <param name="Queued">Deliveries not yet answered 200, those waiting for a retry included.</param>
/// <param name="LastStatus">The callback's last answer; null when it was not reached.</param>
internal sealed record SandboxState(
    long Queued, long Delivered, long Retried, long Abandoned, int? LastStatus, GraphState Graph, IReadOnlyList<BusinessNumberView> Numbers);
