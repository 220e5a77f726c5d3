namespace Munshi.Responder;

/// <summary>An automatic reply and what it rests on.</summary>
/// <param name="MessageId">The reply.</param>
/// <param name="AskedId">The newest message it replies to.</param>
/// <param name="Decision">As in <c>agent_run</c>.</param>
/// <param name="Sources">The entries it answered with or offered.</param>
/// <param name="At">When it was decided.</param>
internal sealed record PastReply(Guid MessageId, Guid AskedId, string Decision, IReadOnlyList<string> Sources, DateTimeOffset At);
