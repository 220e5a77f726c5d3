using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>Makes one contact of two that turn out to be one person. Identifiers and conversations move; no message and no ciphertext changes.</summary>
internal static class ContactMerges
{
    private const string MoveOptOut =
        """
        UPDATE vault.contact k SET opted_out_at = coalesce(k.opted_out_at, f.opted_out_at)
        FROM vault.contact f WHERE k.client_id = $1 AND k.id = $2 AND f.client_id = $1 AND f.id = $3
        """;

    /// <summary>Where both talked with one number, the conversation in which something was said last goes on.</summary>
    private const string Supersede =
        """
        UPDATE vault.conversation c SET superseded_by = o.id
        FROM vault.conversation o
        WHERE c.client_id = $1 AND o.client_id = $1 AND c.superseded_by IS NULL AND o.superseded_by IS NULL
            AND c.number_id IS NOT DISTINCT FROM o.number_id AND c.id <> o.id
            AND c.contact_id IN ($2, $3) AND o.contact_id IN ($2, $3) AND (o.last_at, o.id) > (c.last_at, c.id)
        RETURNING c.id, o.id
        """;

    /// <param name="transaction">The transaction of the message that names both.</param>
    /// <param name="one">A contact.</param>
    /// <param name="other">The other.</param>
    /// <param name="actor">Who found out.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    /// <returns>The one that stays: the older.</returns>
    public static async Task<Guid> MergeAsync(WorkspaceTransaction transaction, Guid one, Guid other, Actor actor, DateTimeOffset now)
    {
        Guid[] both = [.. new[] { one, other }.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
        (Guid into, Guid from) = (both[0], both[1]);
        transaction.Queue(ContactLocks.Alone(both));
        await transaction.RowsAsync(
            new Statement("SELECT id FROM vault.conversation WHERE client_id = $1 AND contact_id IN ($2, $3) ORDER BY id FOR UPDATE")
                .Uuid(transaction.ClientId).Uuid(into).Uuid(from),
            reader => reader.GetGuid(0));
        transaction.Queue(new Statement("UPDATE vault.identifier SET contact_id = $2 WHERE client_id = $1 AND contact_id = $3")
            .Uuid(transaction.ClientId).Uuid(into).Uuid(from));
        transaction.Queue(new Statement(MoveOptOut).Uuid(transaction.ClientId).Uuid(into).Uuid(from));
        IReadOnlyList<(Guid Ended, Guid GoesOn)> superseded = await transaction.RowsAsync(
            new Statement(Supersede).Uuid(transaction.ClientId).Uuid(into).Uuid(from), reader => (reader.GetGuid(0), reader.GetGuid(1)));
        foreach ((Guid ended, Guid goesOn) in superseded)
        {
            await PassOnAsync(transaction, ended, goesOn, actor, now);
        }

        IReadOnlyList<Guid> moved = await transaction.RowsAsync(
            new Statement("UPDATE vault.conversation SET contact_id = $2 WHERE client_id = $1 AND contact_id = $3 RETURNING id")
                .Uuid(transaction.ClientId).Uuid(into).Uuid(from),
            reader => reader.GetGuid(0));
        AuditTrail.Record(transaction, new AuditEvent(actor, "contact.merged", "contact", from, now));
        foreach (Guid conversation in moved)
        {
            Signals.Conversation(transaction, conversation);
        }

        return into;
    }

    /// <summary>Whoever has the one that ends, and has not resolved it, has the one that goes on, where Munshi had it: nobody is talked over. Nobody is asked to answer in the one that ended.</summary>
    private static async Task PassOnAsync(WorkspaceTransaction transaction, Guid ended, Guid goesOn, Actor actor, DateTimeOffset now)
    {
        IReadOnlyList<ConversationState> states = await Conversations.LockAsync(transaction, [ended, goesOn]);
        if (states.Single(state => state.Id == ended) is not { Owner: not OwnerKind.Responder } held)
        {
            return;
        }

        if (held.Standing is not Standing.Resolved && states.Single(state => state.Id == goesOn) is { Owner: OwnerKind.Responder } next)
        {
            Ownership.Change(transaction, next, actor, held.Owner, held.OwnerPersonId, now);
        }

        Ownership.Change(transaction, held, actor, OwnerKind.Responder, null, now);
    }
}
