namespace Munshi.Sandbox.Control;

/// <summary>What the Graph API received, in <see cref="SandboxState"/>.</summary>
/// <param name="Received">Messages accepted.</param>
/// <param name="DistinctCallbackData">Different <c>biz_opaque_callback_data</c> among them; equal to <paramref name="Received"/> when none was sent twice.</param>
internal sealed record GraphState(long Received, int DistinctCallbackData, long Refused, long MarkedRead, long Dropped, int? LastStatus);
