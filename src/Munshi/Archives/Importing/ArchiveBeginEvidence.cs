using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Ledger;
using Npgsql;

namespace Munshi.Archives.Importing;

/// <summary>Recomputes what is committed to of the archive that a workspace is made of, from the moment when that was begun: an import that was never begun excuses nothing.</summary>
internal sealed class ArchiveBeginEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT a.client_id, a.origin, a.manifest_hash, a.exported_at, a.begun_at, k.key_id
        FROM workspace.archive_import a
        LEFT JOIN workspace.workspace_key k ON k.client_id = a.client_id AND k.purpose = 'secret'
        WHERE a.client_id = $1
        """;

    private const string SelectSome = Select + " AND a.client_id = ANY ($2)";

    public string ObjectKind => ArchiveBeginRecord.ObjectKind;

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { ArchiveBeginRecord.Action };

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(Select).Uuid(clientId), Recompute, cancellationToken);

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), Recompute, cancellationToken);

    private Evidence Recompute(NpgsqlDataReader reader)
    {
        ArchiveBeginRecord record = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            new Digest(reader.GetFieldValue<byte[]>(2)),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetFieldValue<DateTimeOffset>(4));
        return Evidence.Of(record.ClientId, reader.ValueOrNull<Guid>(5) is { } key ? custodian.Find(key) : null, _ => record.Canonical());
    }
}
