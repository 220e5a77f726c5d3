using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes the commitment and ciphertext hash of each choice about marketing messages from what stands in the vault now.</summary>
internal sealed class MarketingChoiceEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        "SELECT id, identifier_id, number_id, choice, at, received_at, key_id, raw_sealed FROM vault.marketing_choice WHERE client_id = $1";

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM vault.marketing_choice WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "choice";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "choice.recorded" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        MarketingChoiceRecord record = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetGuid(2),
            reader.GetString(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetFieldValue<DateTimeOffset>(5),
            reader.GetGuid(6));
        byte[] raw = reader.GetFieldValue<byte[]>(7);
        SealContext context = new(clientId, record.Id, MarketingChoiceRecord.RawColumn);
        return Audit.Evidence.Of(record.Id, custodian.Find(record.KeyId), present => record.Canonical(Sealed.Open(present, context, raw)), raw);
    }
}
