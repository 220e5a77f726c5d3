using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>Keeps what customers said of automatic answers, each word once.</summary>
internal static class AnswerOutcomes
{
    private const string Insert =
        """
        INSERT INTO responder.answer_outcome (client_id, id, conversation_id, message_id, reply_message_id, helped, sources, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (client_id, message_id, reply_message_id) DO NOTHING
        RETURNING id
        """;

    /// <param name="transaction">The transaction of the turn.</param>
    /// <param name="messages">The messages of the turn.</param>
    /// <param name="verdicts">What was said in them. One said in a turn that was withdrawn is told again by the next and stands once.</param>
    /// <param name="now">The time of the turn.</param>
    public static async Task RecordAsync(
        WorkspaceTransaction transaction, IReadOnlyList<MessageText> messages, IReadOnlyList<Verdict> verdicts, DateTimeOffset now)
    {
        foreach (Verdict verdict in verdicts)
        {
            MessageText message = messages.First(said => said.Id == verdict.MessageId);
            KeyMaterial key = message.Key;
            AnswerOutcome outcome = new(
                Guid.CreateVersion7(now), message.ConversationId, verdict.MessageId, verdict.ReplyId, verdict.Helped, [.. verdict.Sources], now);
            Guid added = await transaction.RowAsync(
                new Statement(Insert).Uuid(transaction.ClientId).Uuid(outcome.Id).Uuid(outcome.ConversationId).Uuid(outcome.MessageId)
                    .Uuid(outcome.ReplyMessageId).Flag(outcome.Helped).Texts(outcome.Sources).Time(outcome.At),
                reader => reader.GetGuid(0));
            if (added != Guid.Empty)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Responder, "outcome.recorded", "outcome", outcome.Id, now, outcome.Commit(key)));
            }
        }
    }
}
