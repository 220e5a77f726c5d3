using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>Finds messages by what refers to them: their own ids, those of reports on them, the provider's ids.</summary>
internal sealed class ReferencedMessages(WorkspaceDatabase database, Correspondents correspondents, KeyCustodian custodian)
{
    private const string SelectReferred = "SELECT message_id FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1";

    private static readonly string SelectPlaces = Sql.Read("Vault/message_places.sql");

    /// <summary>By the id of a message, or of a report on one: where the message stands. Of those that the workspace has.</summary>
    public async Task<IReadOnlyDictionary<Guid, MessagePlace>> FindAsync(Guid clientId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, MessagePlace>();
        }

        IReadOnlyList<(Guid Id, MessagePlace Place)> rows = await database.RowsAsync(
            clientId,
            new Statement(SelectPlaces).Uuid(clientId).Uuids([.. ids]),
            reader => (reader.GetGuid(0), new MessagePlace(reader.GetGuid(1), reader.GetGuid(2), custodian.Find(reader.GetGuid(3)) is not null)),
            cancellationToken);
        return rows.ToDictionary(row => row.Id, row => row.Place);
    }

    /// <summary>By the provider's id. The reference is under the key of whom the message is from or to, so that it takes knowing them.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="claims">Who it is from or to: one or two.</param>
    /// <param name="providerId">As the provider gave it.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where the workspace knows nobody by these identifiers, or no such message of theirs.</returns>
    public async Task<MessagePlace?> FindAsync(Guid clientId, IReadOnlyList<IdentifierClaim> claims, string providerId, CancellationToken cancellationToken)
    {
        try
        {
            Guid found = await database.TransactAsync(
                clientId,
                async transaction => await correspondents.FindAsync(transaction, claims) is { } customer
                    ? await transaction.RowAsync(
                        new Statement(SelectReferred).Uuid(clientId).BytesArray(customer.References(providerId)), reader => reader.GetGuid(0))
                    : Guid.Empty,
                cancellationToken);
            return (await FindAsync(clientId, [found], cancellationToken)).GetValueOrDefault(found);
        }
        catch (KeyDestroyedException)
        {
            return null;
        }
    }
}
