using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Joining;

/// <summary>What a page showed: whose conversation it was, and what had become of that contact last. A form made under another is refused.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="LastEvent">The newest of its history; empty while there is none.</param>
public readonly record struct ContactVersion(Guid ContactId, Guid LastEvent)
{
    private const string Select =
        """
        SELECT c.contact_id, coalesce((
            SELECT e.id FROM (
                (SELECT f.id, f.at FROM vault.contact_event f WHERE f.client_id = $1 AND f.contact_id = c.contact_id ORDER BY f.at DESC, f.id DESC LIMIT 1)
                UNION ALL
                (SELECT g.id, g.at FROM vault.contact_event g WHERE g.client_id = $1 AND g.other_contact_id = c.contact_id ORDER BY g.at DESC, g.id DESC LIMIT 1)) e
            ORDER BY e.at DESC, e.id DESC
            LIMIT 1), '00000000-0000-0000-0000-000000000000'::uuid)
        FROM vault.conversation c
        WHERE c.client_id = $1 AND c.id = $2
        """;

    /// <summary>Answers with a row where this workspace has the conversation.</summary>
    internal static Statement Query(Guid clientId, Guid conversationId) => new Statement(Select).Uuid(clientId).Uuid(conversationId);

    internal static ContactVersion? Read(NpgsqlDataReader reader) => new(reader.GetGuid(0), reader.GetGuid(1));

    /// <summary>As it is now; null where this workspace has no such conversation.</summary>
    internal static Task<ContactVersion?> ReadAsync(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.RowAsync(Query(transaction.ClientId, conversationId), Read);

    /// <returns>Null for what is none.</returns>
    public static ContactVersion? Parse(string? text) =>
        text?.Split('~') is [string contact, string last] && Guid.TryParseExact(contact, "N", out Guid contactId) && Guid.TryParseExact(last, "N", out Guid lastEvent)
            ? new ContactVersion(contactId, lastEvent)
            : null;

    public override string ToString() => $"{ContactId:N}~{LastEvent:N}";
}
