using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Labels;

/// <summary>Puts labels on conversations and takes them off.</summary>
internal sealed class ConversationLabels(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>The most labels that one conversation wears.</summary>
    public const int Most = 20;

    private const string SelectWorn =
        """
        SELECT l.id FROM vault.conversation c
        CROSS JOIN LATERAL unnest(c.label_ids) WITH ORDINALITY AS worn (id, place)
        JOIN vault.label l ON l.client_id = $1 AND l.id = worn.id AND l.retired_at IS NULL
        WHERE c.client_id = $1 AND c.id = $2
        ORDER BY worn.place
        """;

    private const string Wear = "UPDATE vault.conversation SET label_ids = $3 WHERE client_id = $1 AND id = $2";

    private const string Insert =
        """
        INSERT INTO vault.conversation_label (client_id, conversation_id, label_id, state, shown_at, added_at)
        SELECT $1, c.id, $3, c.state, c.shown_at, $4 FROM vault.conversation c WHERE c.client_id = $1 AND c.id = $2
        ON CONFLICT (client_id, conversation_id, label_id)
        DO UPDATE SET state = excluded.state, shown_at = excluded.shown_at, added_at = excluded.added_at, removed_at = NULL
        """;

    private const string Remove =
        "UPDATE vault.conversation_label SET removed_at = $4 WHERE client_id = $1 AND conversation_id = $2 AND label_id = $3 AND removed_at IS NULL";

    /// <summary>Puts a label on a conversation that may wear it already.</summary>
    public Task<LabelOutcome> AddAsync(Guid clientId, Guid conversationId, Guid labelId, Guid personId, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, labelId, (transaction, worn) =>
            worn.Contains(labelId)
                ? LabelOutcome.Done
                : worn.Count >= Most
                    ? LabelOutcome.TooMany
                    : Write(transaction, conversationId, labelId, [.. worn, labelId], Insert, "conversation.labelled", personId), cancellationToken);

    /// <summary>Takes a label off a conversation that may not wear it any more.</summary>
    public Task<LabelOutcome> RemoveAsync(Guid clientId, Guid conversationId, Guid labelId, Guid personId, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, labelId, (transaction, worn) =>
            worn.Contains(labelId)
                ? Write(transaction, conversationId, labelId, [.. worn.Where(id => id != labelId)], Remove, "conversation.unlabelled", personId)
                : LabelOutcome.Done, cancellationToken);

    private Task<LabelOutcome> ChangeAsync(
        Guid clientId,
        Guid conversationId,
        Guid labelId,
        Func<WorkspaceTransaction, IReadOnlyList<Guid>, LabelOutcome> change,
        CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, conversationId) is null || !await LabelBook.HasAsync(transaction, labelId))
            {
                return LabelOutcome.Unknown;
            }

            return change(
                transaction, await transaction.RowsAsync(new Statement(SelectWorn).Uuid(clientId).Uuid(conversationId), reader => reader.GetGuid(0)));
        }, cancellationToken);

    private LabelOutcome Write(
        WorkspaceTransaction transaction, Guid conversationId, Guid labelId, Guid[] worn, string mark, string action, Guid personId)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(new Statement(Wear).Uuid(transaction.ClientId).Uuid(conversationId).Uuids(worn));
        transaction.Queue(new Statement(mark).Uuid(transaction.ClientId).Uuid(conversationId).Uuid(labelId).Time(now));
        AuditTrail.Record(transaction, new AuditEvent(Actor.Person(personId), action, "conversation", conversationId, now));
        Signals.Conversation(transaction, conversationId);
        return LabelOutcome.Done;
    }
}
