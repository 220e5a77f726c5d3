using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each status report's commitment and ciphertext hash from what stands in the vault now.</summary>
internal sealed class StatusEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT id, message_id, status, error_code, reason, at, received_at, key_id, raw_sealed
        FROM vault.message_status WHERE client_id = $1
        """;

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM vault.message_status WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "status";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "status.recorded" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        StatusRecord record = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetString(2),
            reader.ValueOrNull<int>(3),
            reader.OrNull<string>(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            reader.GetGuid(7));
        byte[]? raw = reader.OrNull<byte[]>(8);
        KeyMaterial? key = custodian.Find(record.KeyId);
        SealContext context = new(clientId, record.Id, MessageStatuses.RawColumn);
        return Audit.Evidence.Of(record.Id, key, present => record.Canonical(Sealed.Open(present, context, raw)), raw);
    }
}
