using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>Whether a contact wants automatic messages. Staff may still answer what the contact writes.</summary>
internal static class OptOuts
{
    /// <summary>Records the contact's own word, in the transaction of the turn in which it was said.</summary>
    public static void Set(WorkspaceTransaction transaction, ConversationState conversation, bool optedOut, Actor actor, DateTimeOffset now)
    {
        transaction.Queue(new Statement("UPDATE vault.contact SET opted_out_at = $3 WHERE client_id = $1 AND id = $2")
            .Uuid(transaction.ClientId).Uuid(conversation.ContactId).Time(optedOut ? now : null));
        AuditTrail.Record(transaction, new AuditEvent(actor, optedOut ? "contact.opted-out" : "contact.opted-in", "contact", conversation.ContactId, now));
    }
}
