using Munshi.Database;

namespace Munshi.Vault;

/// <summary>The provider's ids of messages, as HMACs under their customer's identifiers: what keeps a message from standing twice.</summary>
internal static class ProviderReferences
{
    private const string Insert =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM vault.provider_reference WHERE client_id = $1 AND reference IN ($2, $4))
        ON CONFLICT (client_id, reference) DO NOTHING
        RETURNING message_id
        """;

    /// <summary>Takes the provider's id for this message; false when any identifier of the contact has it already.</summary>
    public static async Task<bool> ReserveAsync(WorkspaceTransaction transaction, Correspondent customer, string providerId, Guid id)
    {
        byte[][] references = customer.References(providerId);
        if (references.Length > 1)
        {
            // The same message may come at once under another identifier, whose reference differs: one after the other, then.
            transaction.Queue(ContactLocks.Alone(customer.ContactId));
        }

        if (references.Length > 2 && await FindAsync(transaction, customer, providerId) is not null)
        {
            return false;
        }

        Guid reserved = await transaction.RowAsync(
            new Statement(Insert).Uuid(transaction.ClientId).Bytes(references[0]).Uuid(id).Bytes(references[^1]), reader => reader.GetGuid(0));
        return reserved == id;
    }

    /// <summary>The message that has the provider's id under any identifier of the contact.</summary>
    public static async Task<Guid?> FindAsync(WorkspaceTransaction transaction, Correspondent customer, string providerId)
    {
        Guid id = await transaction.RowAsync(
            new Statement("SELECT message_id FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1")
                .Uuid(transaction.ClientId).BytesArray(customer.References(providerId)),
            reader => reader.GetGuid(0));
        return id == Guid.Empty ? null : id;
    }

    /// <summary>The reference under which the quoted message stands, whichever identifier it was sent to or came from.</summary>
    public static async Task<byte[]?> RefersToAsync(WorkspaceTransaction transaction, Correspondent customer, string? quotedId)
    {
        if (quotedId is null)
        {
            return null;
        }

        byte[][] references = customer.References(quotedId);
        return references.Length == 1
            ? references[0]
            : await transaction.RowAsync(
                new Statement("SELECT reference FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1")
                    .Uuid(transaction.ClientId).BytesArray(references),
                reader => reader.GetFieldValue<byte[]>(0)) ?? references[0];
    }
}
