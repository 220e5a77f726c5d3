using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Joining;

/// <summary>Contacts that became one, or one that became two: what goes, and what that makes of conversations. Written before anything is moved, which the database asks for.</summary>
internal sealed record ContactChange
{
    private const string Insert =
        """
        INSERT INTO vault.contact_event (client_id, id, kind, contact_id, other_contact_id, identifier_ids, conversation_ids, superseded_ids, resumed_ids, undoes, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string MoveIdentifiers = "UPDATE vault.identifier SET contact_id = $3 WHERE client_id = $1 AND id = ANY ($2)";

    private const string MoveConversations = "UPDATE vault.conversation SET contact_id = $3 WHERE client_id = $1 AND id = ANY ($2)";

    private const string Resume = "UPDATE vault.conversation SET superseded_by = NULL WHERE client_id = $1 AND id = ANY ($2)";

    private const string Supersede =
        """
        UPDATE vault.conversation c SET superseded_by = o.newer
        FROM unnest($2::uuid[], $3::uuid[]) AS o (id, newer)
        WHERE c.client_id = $1 AND c.id = o.id
        """;

    /// <summary>What each wants is read when nobody changes it any more.</summary>
    private const string HoldBoth = "SELECT FROM vault.contact WHERE client_id = $1 AND id IN ($2, $3) ORDER BY id FOR NO KEY UPDATE";

    /// <summary>Whoever wanted no automatic messages wants none as one; the emptied contact wants nothing.</summary>
    private const string JoinOptOuts =
        """
        UPDATE vault.contact k SET opted_out_at = CASE WHEN k.id = $2 THEN joined.at END
        FROM (SELECT max(c.opted_out_at) AS at FROM vault.contact c WHERE c.client_id = $1 AND c.id IN ($2, $3)) AS joined
        WHERE k.client_id = $1 AND k.id IN ($2, $3)
        """;

    /// <summary>Each has the last word of its own identifiers; one that never said a word has what held for both.</summary>
    private const string PartOptOuts =
        """
        UPDATE vault.contact k
        SET opted_out_at = CASE WHEN said.no IS NULL AND said.yes IS NULL THEN f.opted_out_at WHEN said.yes >= said.no THEN NULL ELSE said.no END
        FROM vault.contact f, (
            SELECT i.contact_id, max(i.opted_out_at) AS no, max(i.opted_in_at) AS yes FROM vault.identifier i
            WHERE i.client_id = $1 AND i.contact_id IN ($2, $3) GROUP BY i.contact_id) AS said
        WHERE k.client_id = $1 AND k.id = said.contact_id AND f.client_id = $1 AND f.id = $3
        """;

    /// <summary>The same one is written once.</summary>
    public required Guid Id { get; init; }

    public required ContactEventKind Kind { get; init; }

    /// <summary>The one that stays.</summary>
    public required Guid ContactId { get; init; }

    /// <summary>The one that goes into it, or comes out of it.</summary>
    public required Guid OtherContactId { get; init; }

    public required IReadOnlyList<Guid> Identifiers { get; init; }

    public required IReadOnlyList<Guid> Conversations { get; init; }

    /// <summary>Conversations that another goes on for from now on.</summary>
    public IReadOnlyList<(Guid Id, Guid Newer)> Superseded { get; init; } = [];

    /// <summary>Superseded conversations that go on again: of a split only.</summary>
    public IReadOnlyList<Guid> Resumed { get; init; } = [];

    /// <summary>The merge that is taken back.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>Moves what goes, with history and audit event.</summary>
    /// <param name="transaction">The transaction that holds both contacts and their conversations.</param>
    /// <param name="actor">Who does it, or found out.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    public void Write(WorkspaceTransaction transaction, Actor actor, DateTimeOffset now)
    {
        Guid clientId = transaction.ClientId;
        bool merges = Kind is ContactEventKind.Merged;
        (Guid from, Guid to) = merges ? (OtherContactId, ContactId) : (ContactId, OtherContactId);
        transaction.Queue(new Statement(Insert)
            .Uuid(clientId).Uuid(Id).Text(Kind.Name()).Uuid(ContactId).Uuid(OtherContactId).Uuids([.. Identifiers]).Uuids([.. Conversations])
            .Uuids([.. Superseded.Select(one => one.Id)]).Uuids([.. Resumed]).Uuid(Undoes).Text(actor.Pseudonym).Time(now));
        transaction.Queue(new Statement(MoveIdentifiers).Uuid(clientId).Uuids([.. Identifiers]).Uuid(to));
        transaction.Queue(new Statement(HoldBoth) { ReturnsRows = true }.Uuid(clientId).Uuid(to).Uuid(from));
        transaction.Queue(new Statement(merges ? JoinOptOuts : PartOptOuts).Uuid(clientId).Uuid(to).Uuid(from));
        if (merges)
        {
            QueueSuperseded(transaction);
        }

        transaction.Queue(new Statement(MoveConversations).Uuid(clientId).Uuids([.. Conversations]).Uuid(to));
        if (!merges)
        {
            transaction.Queue(new Statement(Resume).Uuid(clientId).Uuids([.. Resumed]));
            QueueSuperseded(transaction);
        }

        AuditTrail.Record(transaction, new AuditEvent(actor, merges ? "contact.merged" : "contact.split", "contact", OtherContactId, now));
    }

    private void QueueSuperseded(WorkspaceTransaction transaction) => transaction.Queue(new Statement(Supersede)
        .Uuid(transaction.ClientId).Uuids([.. Superseded.Select(one => one.Id)]).Uuids([.. Superseded.Select(one => one.Newer)]));
}
