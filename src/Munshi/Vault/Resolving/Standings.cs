using System.Diagnostics;
using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Resolving;

/// <summary>Changes how a conversation stands, inside a transaction that holds its lock: row, history and audit event together.</summary>
internal static class Standings
{
    private const string Update = "UPDATE vault.conversation SET state = $3, snoozed_until = $4, woken_at = coalesce($5, woken_at) WHERE client_id = $1 AND id = $2";

    private const string Insert =
        "INSERT INTO vault.conversation_event (client_id, id, conversation_id, kind, actor, at, until) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// <param name="transaction">The transaction that holds the lock.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="change">What is done with it.</param>
    /// <param name="until">Set where it is snoozed, and nowhere else.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    public static void Change(
        WorkspaceTransaction transaction, Guid conversationId, StandingChange change, DateTimeOffset? until, Actor actor, DateTimeOffset now)
    {
        (Standing standing, string action) = change switch
        {
            StandingChange.Snoozed => (Standing.Snoozed, "conversation.snoozed"),
            StandingChange.Resolved => (Standing.Resolved, "conversation.resolved"),
            StandingChange.Reopened => (Standing.Open, "conversation.reopened"),
            StandingChange.Woken => (Standing.Open, "conversation.woken"),
            _ => throw new UnreachableException(),
        };
        transaction.Queue(new Statement(Update).Uuid(transaction.ClientId).Uuid(conversationId).Text(standing.Name()).Time(until).Time(change is StandingChange.Woken ? now : null));
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(Guid.CreateVersion7(now)).Uuid(conversationId).Text(change.Name()).Text(actor.Pseudonym).Time(now).Time(until));
        AuditTrail.Record(transaction, new AuditEvent(actor, action, "conversation", conversationId, now));
        Signals.Conversation(transaction, conversationId);
    }

    /// <summary>What was put off or resolved wants somebody again: the customer wrote, somebody is to answer, or a person opens it.</summary>
    public static void Reopen(WorkspaceTransaction transaction, ConversationState conversation, Actor actor, DateTimeOffset now)
    {
        if (conversation.Standing is not Standing.Open)
        {
            Change(transaction, conversation.Id, StandingChange.Reopened, until: null, actor, now);
        }
    }
}
