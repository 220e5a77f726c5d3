using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Media.Fetching;

/// <summary>A file that is wanted.</summary>
internal sealed record FetchPlan
{
    private const string Select =
        """
        SELECT d.id, d.message_id, d.number_id, d.key_id, d.attempts, d.told_at, m.conversation_id, m.received_at, m.raw_sealed
        FROM vault.media d JOIN vault.message m ON m.client_id = d.client_id AND m.id = d.message_id
        WHERE d.client_id = $1 AND d.id = $2 AND d.state = 'wanted'
        """;

    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required Guid NumberId { get; init; }

    public required Guid KeyId { get; init; }

    /// <summary>Those made before.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the message was sent: its file can be looked up for seven days from then.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    public required Guid ConversationId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The provider's update, sealed.</summary>
    public required byte[]? Raw { get; init; }

    /// <summary>Null when it was settled before.</summary>
    public static Task<FetchPlan?> FindAsync(WorkspaceTransaction transaction, Guid id) =>
        transaction.RowAsync<FetchPlan>(new Statement(Select).Uuid(transaction.ClientId).Uuid(id), Read);

    /// <summary>The file as the webhook named it; null where the update does not open or names none.</summary>
    public MediaFile? File(KeyMaterial key, Guid clientId) => Raw is null
        ? null
        : WantedMedia.FileOf(InboundMessage.Read(SealedValue.Open(key, new SealContext(clientId, MessageId, MessageRecord.RawColumn), Raw)).Content);

    public MediaRecord Settled(string state, DateTimeOffset at) => new()
    {
        Id = Id,
        MessageId = MessageId,
        NumberId = NumberId,
        KeyId = KeyId,
        ToldAt = ToldAt,
        State = state,
        SettledAt = at,
    };

    public override string ToString() => $"{nameof(FetchPlan)} {Id}";

    private static FetchPlan Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        MessageId = reader.GetGuid(1),
        NumberId = reader.GetGuid(2),
        KeyId = reader.GetGuid(3),
        Attempts = reader.GetInt32(4),
        ToldAt = reader.GetFieldValue<DateTimeOffset>(5),
        ConversationId = reader.GetGuid(6),
        ReceivedAt = reader.GetFieldValue<DateTimeOffset>(7),
        Raw = reader.OrNull<byte[]>(8),
    };
}
