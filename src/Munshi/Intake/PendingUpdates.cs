using System.Security.Cryptography;
using System.Text.Json;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Intake;

/// <summary>Reads, opens and settles the updates of a workspace.</summary>
internal sealed class PendingUpdates(KeyCustodian custodian, Numbers numbers, NumberAccounts accounts, TimeProvider clock)
{
    // By the key alone: with the state, the planner may take the index of what is unsettled and read all of it.
    private const string SelectOne =
        "SELECT id, kind, received_at, key_id, body_sealed FROM intake.update WHERE client_id = $1 AND id = $2 AND settled_at IS NULL";

    private const string SelectMany =
        "SELECT id, kind, received_at, key_id, body_sealed FROM intake.update WHERE client_id = $1 AND id = ANY ($2) AND settled_at IS NULL ORDER BY received_at, ordinal, id";

    // The ids by themselves and no IS NULL: either else invites a walk through all of the workspace's updates.
    private const string Settlement =
        """
        UPDATE intake.update u SET state = s.state, reason = s.reason, settled_at = $2, became = s.became
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[]) AS s (id, state, reason, became)
        WHERE u.client_id = $1 AND u.id = ANY ($3) AND u.id = s.id AND coalesce(u.settled_at, 'infinity') = 'infinity'
        """;

    /// <summary>Null when it was settled before.</summary>
    public static Task<PendingUpdate?> FindAsync(WorkspaceTransaction transaction, Guid id) =>
        transaction.RowAsync<PendingUpdate>(new Statement(SelectOne).Uuid(transaction.ClientId).Uuid(id), Read);

    /// <summary>Those of many that are not settled, in the order in which they came.</summary>
    public static Task<IReadOnlyList<PendingUpdate>> FindAsync(WorkspaceTransaction transaction, IEnumerable<Guid> ids) =>
        transaction.RowsAsync(new Statement(SelectMany).Uuid(transaction.ClientId).Uuids([.. ids]), Read);

    /// <summary>The update as Meta wrote it.</summary>
    /// <exception cref="CryptographicException">It was altered.</exception>
    public byte[] Open(Guid clientId, PendingUpdate update) =>
        SealedValue.Open(custodian.Get(update.KeyId), new SealContext(clientId, update.Id, SortedDelivery.UpdateColumn), update.Body);

    /// <summary>As <see cref="Open"/>; null where its key is gone or it was altered.</summary>
    public byte[]? TryOpen(Guid clientId, PendingUpdate update)
    {
        try
        {
            return custodian.Find(update.KeyId) is null ? null : Open(clientId, update);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The message in an update; null when the number it names is none of this workspace's.</summary>
    public async Task<ArrivedMessage?> MessageAsync(WorkspaceTransaction transaction, PendingUpdate update, byte[] json) =>
        await NumberAsync(transaction, json, update.ReceivedAt) is { } numberId
            ? new ArrivedMessage(numberId, InboundMessage.Read(json), json, update.ReceivedAt)
            : null;

    /// <summary>Our id of the number that an update names, which was heard of with it; null when it is none of this workspace's.</summary>
    public async Task<Guid?> NumberAsync(WorkspaceTransaction transaction, byte[] json, DateTimeOffset receivedAt)
    {
        (string? phoneNumberId, string? accountId, string? display) = Names(json);
        if (phoneNumberId is null || await numbers.FindAsync(transaction.ClientId, phoneNumberId, transaction.CancellationToken) is not { } numberId)
        {
            return null;
        }

        await accounts.HeardAsync(transaction, numberId, accountId, display, receivedAt);
        return numberId;
    }

    public void Settle(WorkspaceTransaction transaction, IReadOnlyList<(Guid Id, ReceiptOutcome Outcome)> settled) =>
        transaction.Queue(new Statement(Settlement).Uuid(transaction.ClientId).Time(clock.GetUtcNow())
            .Uuids([.. settled.Select(one => one.Id)])
            .Texts([.. settled.Select(one => State(one.Outcome).Name)])
            .Texts([.. settled.Select(one => State(one.Outcome).Reason)])
            .Uuids([.. settled.Select(one => (one.Outcome as ReceiptOutcome.Stored)?.Id)]));

    private static (string Name, string? Reason) State(ReceiptOutcome outcome) => outcome switch
    {
        ReceiptOutcome.Stored or ReceiptOutcome.Noted => ("stored", null),
        ReceiptOutcome.Duplicate => ("duplicate", null),
        ReceiptOutcome.Unusable unusable => ("failed", unusable.Reason),
        _ => ("failed", "no-such-message"),
    };

    /// <summary>Reads the columns <c>id, kind, received_at, key_id, body_sealed</c>.</summary>
    public static PendingUpdate Read(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetGuid(3), reader.GetFieldValue<byte[]>(4));

    private static (string? PhoneNumberId, string? AccountId, string? Display) Names(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement metadata = document.RootElement.TryGetProperty("metadata", out JsonElement found) ? found : default;
        return (Member(metadata, "phone_number_id"), Member(document.RootElement, "waba_id"), Member(metadata, "display_phone_number"));
    }

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member.ToString() : null;
}
