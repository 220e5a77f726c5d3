namespace Munshi.Sandbox.Control;

/// <summary>What the Graph API received, in <see cref="SandboxState"/>.</summary>
/// <param name="Received">Messages accepted.</param>
/// <param name="DistinctCallbackData">Different <c>biz_opaque_callback_data</c> among them; equal to <paramref name="Received"/> when none was sent twice.</param>
/// <param name="Failed">Accepted, then failed by a status.</param>
/// <param name="RefusedByCode">Since the start, by Meta's error code.</param>
public sealed record GraphState(
    long Received,
    int DistinctCallbackData,
    long Refused,
    long MarkedRead,
    long Uploaded,
    long Dropped,
    int? LastStatus,
    long Failed,
    IReadOnlyDictionary<int, long> RefusedByCode);
