using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Media;

/// <summary>Recomputes the commitment of each settled file, and the hash that names its ciphertext, from what stands in the vault now.</summary>
internal sealed class MediaEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT id, message_id, number_id, key_id, told_at, state, reason, settled_at, type, length, hash_was_told, file_hash, hash_sealed
        FROM vault.media WHERE client_id = $1 AND state <> 'wanted'
        """;

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM vault.media WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "media";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "media.stored", "media.expired", "media.refused" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        MediaRecord record = new()
        {
            Id = reader.GetGuid(0),
            MessageId = reader.GetGuid(1),
            NumberId = reader.ValueOrNull<Guid>(2),
            KeyId = reader.GetGuid(3),
            ToldAt = reader.GetFieldValue<DateTimeOffset>(4),
            State = reader.GetString(5),
            Reason = reader.OrNull<string>(6),
            SettledAt = reader.GetFieldValue<DateTimeOffset>(7),
            Type = reader.OrNull<string>(8),
            Length = reader.ValueOrNull<long>(9),
            HashWasTold = reader.ValueOrNull<bool>(10),
            FileHash = reader.OrNull<byte[]>(11),
        };
        byte[]? hash = reader.OrNull<byte[]>(12);
        SealContext context = new(clientId, record.Id, MediaRecord.HashColumn);
        return Audit.Evidence.Of(
            record.Id, custodian.Find(record.KeyId), present => record.Canonical(hash is null ? null : SealedValue.Open(present, context, hash)), record.FileHash, hash);
    }
}
