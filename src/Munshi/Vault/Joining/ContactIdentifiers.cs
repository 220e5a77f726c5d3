using Munshi.Database;

namespace Munshi.Vault.Joining;

/// <summary>The identifiers of a contact, as a merge or a split asks for them.</summary>
internal static class ContactIdentifiers
{
    /// <summary>Holds them until the transaction ends, and before conversations: whoever stores a message or hears a STOP does so in that order.</summary>
    /// <returns>Each with whether it is a business-scoped user id.</returns>
    public static Task<IReadOnlyList<(Guid Id, bool IsUser)>> HoldAsync(WorkspaceTransaction transaction, Guid contactId) => transaction.RowsAsync(
        new Statement("SELECT id, kind = 'bsuid' FROM vault.identifier WHERE client_id = $1 AND contact_id = $2 ORDER BY id FOR NO KEY UPDATE")
            .Uuid(transaction.ClientId).Uuid(contactId),
        reader => (reader.GetGuid(0), reader.GetBoolean(1)));
}
