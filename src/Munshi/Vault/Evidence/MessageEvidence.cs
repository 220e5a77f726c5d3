using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each message's commitment, ciphertext hash and, of one that came by webhook, provider reference from what stands in the vault now.</summary>
/// <remarks>
/// Of an imported message only that an import saw it is looked at, and not while an archive that holds both is still read in, which is a record of its own: which of equal messages it is stands nowhere else. Of all messages, references and
/// observations are joined a page at a time; of some, they are asked for one by one.
/// </remarks>
internal sealed class MessageEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT m.id, m.conversation_id, m.identifier_id, m.direction, m.author, m.kind, m.source, m.turn, m.at, m.provider_at, m.received_at,
            m.key_id, m.refers_to, m.text_sealed, m.raw_sealed, k.key_id, p.found, i.message_id IS NOT NULL OR a.client_id IS NOT NULL
        FROM vault.message m
        LEFT JOIN vault.data_key k ON k.client_id = m.client_id AND k.identifier_id = m.identifier_id AND k.period = 0
        LEFT JOIN (
            SELECT message_id, array_agg(reference) AS found FROM vault.provider_reference WHERE client_id = $1 AND message_id >= $2 AND message_id <= $3 GROUP BY message_id
        ) p ON p.message_id = m.id
        LEFT JOIN (SELECT DISTINCT message_id FROM vault.observation WHERE client_id = $1 AND message_id >= $2 AND message_id <= $3) i ON i.message_id = m.id
        LEFT JOIN workspace.archive_import a ON a.client_id = m.client_id AND a.completed_at IS NULL
        WHERE m.client_id = $1 AND m.id >= $2 AND m.id <= $3
        """;

    private const string SelectSome =
        """
        SELECT m.id, m.conversation_id, m.identifier_id, m.direction, m.author, m.kind, m.source, m.turn, m.at, m.provider_at, m.received_at,
            m.key_id, m.refers_to, m.text_sealed, m.raw_sealed, k.key_id,
            (SELECT array_agg(p.reference) FROM vault.provider_reference p WHERE p.client_id = m.client_id AND p.message_id = m.id),
            EXISTS (SELECT FROM vault.observation i WHERE i.client_id = m.client_id AND i.message_id = m.id)
                OR EXISTS (SELECT FROM workspace.archive_import a WHERE a.client_id = m.client_id AND a.completed_at IS NULL)
        FROM vault.message m
        LEFT JOIN vault.data_key k ON k.client_id = m.client_id AND k.identifier_id = m.identifier_id AND k.period = 0
        WHERE m.client_id = $1 AND m.id = ANY ($2)
        """;

    private const string SelectBound = "SELECT id FROM vault.message WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "message";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "message.received", "message.composed", "message.imported", "message.echoed", "message.transferred" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, Select, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

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
        byte[]? opened = key is null || raw is null ? null : Sealed.TryOpen(key, new SealContext(clientId, record.Id, MessageRecord.RawColumn), raw);
        return Audit.Evidence.Of(
            record.Id,
            key,
            present => record.Canonical(
                Sealed.Open(present, new SealContext(clientId, record.Id, MessageRecord.TextColumn), text),
                Sealed.Open(present, new SealContext(clientId, record.Id, MessageRecord.RawColumn), raw)),
            text,
            raw) with
        {
            Beside = Judge(record, opened, reader),
        };
    }

    private EvidenceFault? Judge(MessageRecord record, byte[]? raw, NpgsqlDataReader reader) => record.Source switch
    {
        "webhook" or PhoneMessages.Echo or PhoneMessages.History or PhoneMessages.Standby when raw is not null => JudgeReceived(record, raw, reader),
        "import" when !reader.GetBoolean(17) => new EvidenceFault(FindingKind.Reference, $"an import that saw message:{record.Id}", "none"),
        _ => null,
    };

    private EvidenceFault? JudgeReceived(MessageRecord record, byte[] raw, NpgsqlDataReader reader)
    {
        if (InboundMessage.Read(raw).ProviderId is not { } providerId
            || (reader.ValueOrNull<Guid>(15) is { } identityId ? custodian.Find(identityId) : null) is not { } identity)
        {
            return null; // a missing identity key is the identifier's finding
        }

        KnownIdentifier author = new(record.IdentifierId, identity);
        byte[] expected = author.Reference(providerId);
        byte[][] found = reader.OrNull<byte[][]>(16) ?? [];
        return found.Any(one => one.AsSpan().SequenceEqual(expected))
            || (record.Source == PhoneMessages.History && found.Any(one => one.AsSpan().SequenceEqual(author.Reference(PhoneMessages.FileId(providerId)))))
            ? null
            : new EvidenceFault(FindingKind.Reference, $"{StoredEvent.Hex(expected)} naming message:{record.Id}", found.Length == 0 ? "none" : "another reference");
    }
}
