using Munshi.Vault;

namespace Munshi.Responder.Replay;

/// <summary>What Munshi would have done with one message of the customer.</summary>
/// <param name="Line">Of the file.</param>
/// <param name="Conversation">As named there.</param>
/// <param name="Decision">As in <c>agent_run</c>.</param>
/// <param name="Reason">One of our own reason words.</param>
/// <param name="Sources">The entries answered with or offered.</param>
/// <param name="Reply">What the customer would have been sent; null where nothing.</param>
/// <param name="Owner">Who has the conversation afterwards.</param>
internal sealed record ReplayStep(
    int Line, string Conversation, string Decision, string Reason, IReadOnlyList<string> Sources, Composed? Reply, OwnerKind Owner)
{
    public override string ToString() => nameof(ReplayStep);
}
