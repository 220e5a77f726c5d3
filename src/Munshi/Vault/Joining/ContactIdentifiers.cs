using Munshi.Database;

namespace Munshi.Vault.Joining;

/// <summary>The identifiers of a contact, as a merge or a split asks for them.</summary>
internal static class ContactIdentifiers
{
    /// <returns>Each with whether it is a business-scoped user id.</returns>
    public static Task<IReadOnlyList<(Guid Id, bool IsUser)>> OfAsync(WorkspaceTransaction transaction, Guid contactId) => transaction.RowsAsync(
        new Statement("SELECT id, kind = 'bsuid' FROM vault.identifier WHERE client_id = $1 AND contact_id = $2 ORDER BY id")
            .Uuid(transaction.ClientId).Uuid(contactId),
        reader => (reader.GetGuid(0), reader.GetBoolean(1)));
}
