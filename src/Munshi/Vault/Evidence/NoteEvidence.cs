using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Notes;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes the commitment and ciphertext hash of each note from what stands in the vault now.</summary>
internal sealed class NoteEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        "SELECT id, conversation_id, identifier_id, person_id, at, key_id, text_sealed FROM vault.note WHERE client_id = $1";

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM vault.note WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "note";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "note.written" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        NoteRecord record = new(
            reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetGuid(5));
        byte[] text = reader.GetFieldValue<byte[]>(6);
        SealContext context = new(clientId, record.Id, NoteRecord.TextColumn);
        return Audit.Evidence.Of(record.Id, custodian.Find(record.KeyId), present => record.Canonical(SealedValue.Open(present, context, text)), text);
    }
}
