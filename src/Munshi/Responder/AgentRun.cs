using System.Globalization;
using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Responder;

/// <summary>One run, column by column as it stands in <c>responder.agent_run</c>.</summary>
internal sealed record AgentRun(
    Guid Id,
    Guid ConversationId,
    Guid MessageId,
    string Provider,
    string Decision,
    string Reason,
    byte[] PromptHash,
    string[] Sources,
    double? Score,
    Guid? ReplyMessageId,
    int LatencyMs,
    DateTimeOffset At)
{
    /// <summary>The commitment in the ledger leaf, under the answered message's data key; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key) => Canonical().Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical() => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("message", MessageId.ToString())
        .Field("provider", Provider)
        .Field("decision", Decision)
        .Field("reason", Reason)
        .Field("prompt-hash", PromptHash)
        .Field("sources", string.Join(' ', Sources))
        .Field("score", Score?.ToString("R", CultureInfo.InvariantCulture))
        .Field("reply", ReplyMessageId?.ToString())
        .Field("latency-ms", LatencyMs.ToString(CultureInfo.InvariantCulture))
        .Field("at", At);
}
