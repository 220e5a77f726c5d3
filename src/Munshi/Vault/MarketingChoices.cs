using System.Text.Json;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>What customers chose in WhatsApp's own settings about marketing messages of a number. Each choice is kept; the newest of the customer's holds.</summary>
internal sealed class MarketingChoices(Correspondents correspondents, DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>Graph's code of a refusal because the customer stopped marketing.</summary>
    public const int StoppedMarketing = 131050;

    private const string Insert =
        """
        INSERT INTO vault.marketing_choice (client_id, id, identifier_id, number_id, choice, at, received_at, key_id, raw_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (client_id, identifier_id, number_id, at, choice) DO NOTHING
        RETURNING id
        """;

    private const string Newest =
        """
        SELECT c.choice = 'stop'
        FROM vault.identifier i
        JOIN vault.marketing_choice c ON c.client_id = $1 AND c.identifier_id = i.id AND c.number_id = $3 AND c.choice <> 'unknown'
        WHERE i.client_id = $1 AND i.contact_id = $2
        ORDER BY c.at DESC, c.choice DESC -- of one second, the one that stops
        LIMIT 1
        """;

    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="numberId">The number it names.</param>
    /// <param name="preference">As read from <paramref name="raw"/>.</param>
    /// <param name="raw">The update whole.</param>
    /// <param name="receivedAt">When its delivery was acknowledged.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(
        WorkspaceTransaction transaction, Guid numberId, UserPreference preference, byte[] raw, DateTimeOffset receivedAt)
    {
        IReadOnlyList<IdentifierClaim> claims = IdentifierClaim.From(preference.Customer.UserId, preference.Customer.Phone);
        if (claims.Count == 0)
        {
            return new ReceiptOutcome.Unusable("no-sender");
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Correspondent customer = await correspondents.ResolveAsync(transaction, claims, preference.ProfileName, now, Actor.Intake);
        return await AddAsync(
            transaction, Actor.Customer(customer.Author.Id), customer.Author.Id, numberId, Word(preference.Marketing), preference.At.AsOf(now) ?? receivedAt, receivedAt, raw)
            ? new ReceiptOutcome.Noted()
            : new ReceiptOutcome.Duplicate();
    }

    /// <summary>Keeps that Meta refused a message because its customer stopped marketing, whose webhook may never have come.</summary>
    public async Task NoteRefusalAsync(WorkspaceTransaction transaction, OutboundReference message, DateTimeOffset at)
    {
        Guid numberId = await transaction.RowAsync(
            new Statement("SELECT number_id FROM vault.conversation WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(message.ConversationId),
            reader => reader.GetGuid(0));
        byte[] raw = JsonSerializer.SerializeToUtf8Bytes(new { refused = StoppedMarketing, message = message.Id });
        await AddAsync(transaction, Actor.Sender, message.IdentifierId, numberId, "stop", at, at, raw);
    }

    private async Task<bool> AddAsync(
        WorkspaceTransaction transaction, Actor actor, Guid identifierId, Guid numberId, string choice, DateTimeOffset at, DateTimeOffset receivedAt, byte[] raw)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        DataKey key = await dataKeys.GetAsync(transaction, identifierId, DataKeys.PeriodOf(receivedAt), now);
        MarketingChoiceRecord record = new(Guid.CreateVersion7(now), identifierId, numberId, choice, at, receivedAt, key.Id);
        byte[] sealedRaw = SealedValue.Seal(key.Material, new SealContext(transaction.ClientId, record.Id, MarketingChoiceRecord.RawColumn), raw);
        Guid added = await transaction.RowAsync(
            new Statement(Insert).Uuid(transaction.ClientId).Uuid(record.Id).Uuid(record.IdentifierId).Uuid(record.NumberId).Text(record.Choice)
                .Time(record.At).Time(record.ReceivedAt).Uuid(record.KeyId).Bytes(sealedRaw),
            reader => reader.GetGuid(0));
        if (added == Guid.Empty)
        {
            return false;
        }

        AuditTrail.Record(transaction, new AuditEvent(
            actor, "choice.recorded", "choice", record.Id, receivedAt, record.Commit(key.Material, raw), RecordCommitment.HashCiphertexts(sealedRaw)));
        return true;
    }

    /// <summary>Whether the contact wants no marketing messages of this number; asked at the moment of sending.</summary>
    public static Task<bool> HasStoppedAsync(WorkspaceTransaction transaction, Guid contactId, Guid numberId) =>
        transaction.RowAsync(new Statement(Newest).Uuid(transaction.ClientId).Uuid(contactId).Uuid(numberId), reader => reader.GetBoolean(0));

    private static string Word(MarketingChoice choice) => choice switch
    {
        MarketingChoice.Stop => "stop",
        MarketingChoice.Resume => "resume",
        _ => "unknown",
    };
}
