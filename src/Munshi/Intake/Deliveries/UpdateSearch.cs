using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;

namespace Munshi.Intake.Deliveries;

/// <summary>Finds what a provider's id names: updates by its HMAC under each intake key there is, the message by its reference under the customer's key.</summary>
internal sealed class UpdateSearch(WorkspaceDatabase database, UpdateLog log, KeyCustodian custodian, ReferencedMessages messages)
{
    /// <summary>The most intake keys looked under; there is one an hour and process.</summary>
    private const int MostKeys = 50_000;

    private const int MostFound = 50;

    private static readonly string IntakeKeysOf = Sql.Read("Intake/Deliveries/intake_keys.sql");
    private static readonly string FindByReference = Sql.Read("Intake/Deliveries/find_by_reference.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="providerId">1 to <see cref="ProviderReference.MaxLength"/> characters; anything else finds nothing and says so.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<FoundUpdatesView> FindAsync(Guid clientId, string providerId, CancellationToken cancellationToken)
    {
        if (providerId.Length is 0 or > ProviderReference.MaxLength)
        {
            return new FoundUpdatesView { ProviderId = providerId.Length == 0 ? "" : providerId[..ProviderReference.MaxLength], IsBad = true };
        }

        string? phone = PhoneInProviderId.Read(providerId);
        MessagePlace? place = phone is null ? null : await messages.FindAsync(clientId, IdentifierClaim.From(userId: null, phone), providerId, cancellationToken);
        return new FoundUpdatesView
        {
            ProviderId = providerId,
            Rows = await UpdatesAsync(clientId, providerId, cancellationToken),
            ConversationUrl = place?.Url,
            IsWithoutPhone = phone is null,
        };
    }

    private async Task<IReadOnlyList<UpdateRow>> UpdatesAsync(Guid clientId, string providerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> keys = await database.RowsAsync(
            clientId, new Statement(IntakeKeysOf).Uuid(clientId).Int(MostKeys), reader => reader.GetGuid(0), cancellationToken);
        List<Guid> alive = [];
        List<byte[]> references = [];
        foreach (Guid keyId in keys)
        {
            if (custodian.Find(keyId) is { } key)
            {
                alive.Add(keyId);
                references.Add(ProviderReference.Of(key, providerId));
            }
        }

        IReadOnlyList<(UpdateRow, Guid?)> found = alive.Count == 0 ? [] : await database.RowsAsync(
            clientId,
            new Statement(FindByReference).Uuid(clientId).Uuids([.. alive]).BytesArray([.. references]).Int(MostFound),
            reader => UpdateColumns.Read(reader, 0),
            cancellationToken);
        return await log.PlacedAsync(clientId, found, cancellationToken);
    }
}
