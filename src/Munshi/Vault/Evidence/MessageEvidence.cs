using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each message's commitment and ciphertext hash from what stands in the vault now.</summary>
internal sealed class MessageEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT id, conversation_id, identifier_id, direction, author, kind, source, turn, at, provider_at, received_at, key_id, refers_to, text_sealed, raw_sealed
        FROM vault.message WHERE client_id = $1
        """;

    private const string SelectSome = Select + " AND id = ANY ($2)";

    public string ObjectKind => "message";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "message.received", "message.composed", "message.imported" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.StreamAsync(new Statement(Select).Uuid(clientId), reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.StreamAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        MessageRecord record = new()
        {
            Id = reader.GetGuid(0),
            ConversationId = reader.GetGuid(1),
            IdentifierId = reader.GetGuid(2),
            Direction = reader.GetString(3),
            Author = reader.GetString(4),
            Kind = reader.GetString(5),
            Source = reader.GetString(6),
            Turn = reader.GetInt64(7),
            At = reader.GetFieldValue<DateTimeOffset>(8),
            ProviderAt = reader.ValueOrNull<DateTimeOffset>(9),
            ReceivedAt = reader.GetFieldValue<DateTimeOffset>(10),
            KeyId = reader.GetGuid(11),
            RefersTo = reader.OrNull<byte[]>(12),
        };
        byte[]? text = reader.OrNull<byte[]>(13);
        byte[]? raw = reader.OrNull<byte[]>(14);
        KeyMaterial? key = custodian.Find(record.KeyId);
        return Audit.Evidence.Of(
            record.Id,
            key,
            present => record.Canonical(
                Sealed.Open(present, new SealContext(clientId, record.Id, MessageRecord.TextColumn), text),
                Sealed.Open(present, new SealContext(clientId, record.Id, MessageRecord.RawColumn), raw)),
            text,
            raw);
    }
}
