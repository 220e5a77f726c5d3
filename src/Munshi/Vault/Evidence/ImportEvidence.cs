using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Importing;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each import's commitment and ciphertext hash from what stands in the vault now.</summary>
internal sealed class ImportEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT id, conversation_id, identifier_id, file_lookup, time_zone, date_order, at, key_id, file_sealed
        FROM vault.import WHERE client_id = $1
        """;

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM vault.import WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "import";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "chat.imported" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        ImportRecord record = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetGuid(2),
            reader.GetFieldValue<byte[]>(3),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            reader.GetGuid(7));
        byte[] file = reader.GetFieldValue<byte[]>(8);
        KeyMaterial? key = custodian.Find(record.KeyId);
        SealContext context = new(clientId, record.Id, ImportRecord.FileColumn);
        return Audit.Evidence.Of(record.Id, key, present => record.Canonical(SealedValue.Open(present, context, file)), file);
    }
}
