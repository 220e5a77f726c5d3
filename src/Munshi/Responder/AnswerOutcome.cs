using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Responder;

/// <summary>A customer's word on an automatic answer, column by column as it stands in <c>responder.answer_outcome</c>.</summary>
internal sealed record AnswerOutcome(
    Guid Id, Guid ConversationId, Guid MessageId, Guid ReplyMessageId, bool Helped, string[] Sources, DateTimeOffset At)
{
    /// <summary>The commitment in the ledger leaf, under the data key of the customer's message; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public byte[] Commit(KeyMaterial key) => Canonical().Commit(key, Id);

    /// <summary>The immutable record as it is committed to.</summary>
    public RecordCommitment Canonical() => new RecordCommitment()
        .Field("conversation", ConversationId.ToString())
        .Field("message", MessageId.ToString())
        .Field("reply", ReplyMessageId.ToString())
        .Field("helped", Helped ? "yes" : "no")
        .Field("sources", string.Join(' ', Sources))
        .Field("at", At);
}
