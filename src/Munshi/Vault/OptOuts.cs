using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>Whether a contact wants automatic messages. Staff may still answer what the contact writes.</summary>
/// <remarks>The last word of each identifier is kept beside it, and is its own where one contact becomes two.</remarks>
internal static class OptOuts
{
    private const string FindAuthor =
        """
        SELECT i.id, i.contact_id FROM vault.message m
        JOIN vault.identifier i ON i.client_id = $1 AND i.id = m.identifier_id
        WHERE m.client_id = $1 AND m.id = $2
        FOR NO KEY UPDATE OF i
        """;

    private const string Keep =
        """
        UPDATE vault.identifier
        SET opted_out_at = CASE WHEN $4 THEN greatest(opted_out_at, $3) ELSE opted_out_at END,
            opted_in_at = CASE WHEN $4 THEN opted_in_at ELSE greatest(opted_in_at, $3) END
        WHERE client_id = $1 AND id = $2
        """;

    /// <summary>Holds whoever wrote a message, before the conversation is: whoever stores a message does so in that order.</summary>
    public static Task HoldAuthorAsync(WorkspaceTransaction transaction, Guid messageId) => transaction.RowAsync(
        new Statement(FindAuthor).Uuid(transaction.ClientId).Uuid(messageId), reader => reader.GetGuid(0));

    /// <summary>Who wrote a message, whosever conversation it stands in; theirs until the transaction ends.</summary>
    public static async Task<OptOutAuthor> AuthorAsync(WorkspaceTransaction transaction, Guid messageId)
    {
        (Guid identifierId, Guid contactId) = await transaction.RowAsync(
            new Statement(FindAuthor).Uuid(transaction.ClientId).Uuid(messageId), reader => (reader.GetGuid(0), reader.GetGuid(1)));
        bool optedOut = await transaction.RowAsync(
            new Statement("SELECT opted_out_at IS NOT NULL FROM vault.contact WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(contactId),
            reader => reader.GetBoolean(0));
        return new OptOutAuthor(identifierId, contactId, optedOut);
    }

    /// <summary>Keeps an identifier's own word, in the transaction of the turn in which it was said.</summary>
    /// <param name="transaction">The transaction that holds the author.</param>
    /// <param name="author">Whose word it is.</param>
    /// <param name="optedOut">What they want.</param>
    /// <param name="at">When they wrote it; a word that was written later stands.</param>
    public static void Hear(WorkspaceTransaction transaction, OptOutAuthor author, bool optedOut, DateTimeOffset at) =>
        transaction.Queue(new Statement(Keep).Uuid(transaction.ClientId).Uuid(author.IdentifierId).Time(at).Flag(optedOut));

    /// <summary>Changes what the contact wants.</summary>
    public static void Set(WorkspaceTransaction transaction, OptOutAuthor author, bool optedOut, Actor actor, DateTimeOffset now)
    {
        transaction.Queue(new Statement("UPDATE vault.contact SET opted_out_at = $3 WHERE client_id = $1 AND id = $2")
            .Uuid(transaction.ClientId).Uuid(author.ContactId).Time(optedOut ? now : null));
        AuditTrail.Record(transaction, new AuditEvent(actor, optedOut ? "contact.opted-out" : "contact.opted-in", "contact", author.ContactId, now));
    }
}
