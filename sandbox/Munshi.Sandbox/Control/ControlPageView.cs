namespace Munshi.Sandbox.Control;

/// <summary>Everything the control page shows.</summary>
/// <param name="Faults">As <c>GET /control/faults</c> answers.</param>
/// <param name="Problem">Why the last request was refused.</param>
public sealed record ControlPageView(
    SandboxState State,
    IReadOnlyDictionary<string, object> Faults,
    IReadOnlyList<KeyValuePair<int, string>> FailedCodes,
    string? Problem,
    string Theme,
    string Nonce)
{
    /// <summary>How many faults are on or differ from the start.</summary>
    public int Active => Faults.Count(fault => fault is { Value: true or > 0, Key: not ("batchSize" or "failedCode" or "refusedCode") } or { Key: "batchSize", Value: > 1 });
}
