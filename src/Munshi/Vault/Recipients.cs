using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Vault;

/// <summary>
/// How a contact is reached: by the phone number for which the message was written, unless WhatsApp has told a newer one since; else by another, else by
/// business-scoped user id. By that first where people said that somebody is this contact too: a number of the contact may be theirs.
/// </summary>
internal sealed class Recipients(DataKeys dataKeys)
{
    private static readonly string Select = Sql.Read("Vault/recipient.sql");

    /// <param name="transaction">The transaction that lets the message leave.</param>
    /// <param name="contactId">The contact of its conversation.</param>
    /// <param name="identifierId">For whom it was written.</param>
    /// <returns>Null when the contact has no identifier that is still known, or not this one any more: what was written for one person goes to no other.</returns>
    public async Task<SendRecipient?> FindAsync(WorkspaceTransaction transaction, Guid contactId, Guid identifierId) =>
        (await transaction.RowsAsync(new Statement(Select).Uuid(transaction.ClientId).Uuid(contactId).Uuid(identifierId), reader => Read(transaction.ClientId, reader)))
            .FirstOrDefault(recipient => recipient is not null);

    private SendRecipient? Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string value = SealedValue.OpenText(dataKeys.Get(reader.GetGuid(3)), new SealContext(clientId, id, Correspondents.ValueColumn), reader.GetFieldValue<byte[]>(2));
        return value == ErasedIdentifier.ValueOf(id) ? null : reader.GetString(1) == "phone" ? new SendRecipient.Phone(value) : new SendRecipient.User(value);
    }
}
