using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary>How a contact is reached: by phone number where one is known, else by business-scoped user id.</summary>
internal sealed class Recipients(DataKeys dataKeys)
{
    private const string Select =
        """
        SELECT i.id, i.kind, i.value_sealed, k.key_id
        FROM vault.identifier i
        JOIN vault.data_key k ON k.client_id = i.client_id AND k.identifier_id = i.id AND k.period = 0
        WHERE i.client_id = $1 AND i.contact_id = $2
        ORDER BY i.kind = 'phone' DESC, i.created_at DESC
        LIMIT 1
        """;

    /// <summary>Null when the contact has no identifier.</summary>
    public Task<SendRecipient?> FindAsync(WorkspaceTransaction transaction, Guid contactId) =>
        transaction.RowAsync<SendRecipient>(new Statement(Select).Uuid(transaction.ClientId).Uuid(contactId), reader =>
        {
            SealContext context = new(transaction.ClientId, reader.GetGuid(0), Correspondents.ValueColumn);
            string value = SealedValue.OpenText(dataKeys.Get(reader.GetGuid(3)), context, reader.GetFieldValue<byte[]>(2));
            return reader.GetString(1) == "phone" ? new SendRecipient.Phone(value) : new SendRecipient.User(value);
        });
}
