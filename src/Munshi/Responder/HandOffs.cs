using System.Globalization;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>The record of every hand-off that Munshi decided on: why, about what, and what had been offered.</summary>
/// <remarks>A turn that was given up brings its conversation to people without one: its words may be what cannot be read.</remarks>
internal static class HandOffs
{
    private const string Insert =
        """
        INSERT INTO responder.hand_off
            (client_id, id, conversation_id, message_id, reason, language, asked, offered, owner_epoch, key_id, summary_sealed, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    /// <param name="transaction">The transaction of the turn.</param>
    /// <param name="conversationId">That which goes to people: the message's, or the one in which it goes on.</param>
    /// <param name="message">The newest message of the turn; its data key seals the summary.</param>
    /// <param name="history">What was said lately.</param>
    /// <param name="knowledge">What the workspace knows.</param>
    /// <param name="reason">One of our own reason words.</param>
    /// <param name="language">The customer's.</param>
    /// <param name="epoch">The owner's, as raised by this hand-off.</param>
    /// <param name="now">The time of the turn.</param>
    public static void Record(
        WorkspaceTransaction transaction,
        Guid conversationId,
        MessageText message,
        ConversationHistory history,
        KnowledgeState knowledge,
        string reason,
        CultureInfo language,
        long epoch,
        DateTimeOffset now)
    {
        IReadOnlyList<Said> asked = HandOffSummary.AskedIn(history);
        IReadOnlyList<string> offered = HandOffSummary.OfferedIn(history);
        HandOff handOff = new(
            Guid.CreateVersion7(now),
            conversationId,
            message.Id,
            reason,
            language.TwoLetterISOLanguageName,
            [.. asked.Select(said => said.Id)],
            [.. offered],
            epoch,
            message.KeyId,
            now);
        byte[] summary = HandOffSummary.Of(
            asked.Select(said => said.Text ?? ""),
            offered.Select(id => knowledge.Entries.TryGetValue(id, out FaqEntry? entry) ? entry.Question : id)).ToJson();
        byte[] summarySealed = SealedValue.Seal(message.Key, new SealContext(transaction.ClientId, handOff.Id, HandOff.SummaryColumn), summary);
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(handOff.Id).Uuid(handOff.ConversationId).Uuid(handOff.MessageId).Text(handOff.Reason).Text(handOff.Language)
            .Uuids(handOff.Asked).Texts(handOff.Offered).Long(handOff.OwnerEpoch).Uuid(handOff.KeyId).Bytes(summarySealed).Time(handOff.At));
        AuditTrail.Record(transaction, new AuditEvent(
            Actor.Responder, "hand-off.recorded", "hand-off", handOff.Id, now, handOff.Commit(message.Key, summary), RecordCommitment.HashCiphertexts(summarySealed)));
    }
}
