using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each identifier's commitment, ciphertext hash and look-up from what stands in the vault now.</summary>
internal sealed class IdentifierEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT i.id, i.kind, i.value_sealed, k.key_id, i.lookup, w.key_id
        FROM vault.identifier i
        JOIN vault.data_key k ON k.client_id = i.client_id AND k.identifier_id = i.id AND k.period = 0
        LEFT JOIN workspace.workspace_key w ON w.client_id = i.client_id AND w.purpose = 'lookup'
        WHERE i.client_id = $1
        """;

    private const string SelectSome = Select + " AND i.id = ANY ($2)";

    private const string SelectPage = Select + " AND i.id >= $2 AND i.id <= $3";

    private const string SelectBound = "SELECT id FROM vault.identifier WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "identifier";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "identifier.added" };

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string kind = reader.GetString(1);
        byte[] value = reader.GetFieldValue<byte[]>(2);
        KeyMaterial? key = custodian.Find(reader.GetGuid(3));
        SealContext context = new(clientId, id, Correspondents.ValueColumn);
        byte[]? opened = key is null ? null : Sealed.TryOpen(key, context, value);
        return Audit.Evidence.Of(id, key, present => Correspondents.Canonical(kind, SealedValue.Open(present, context, value)), value) with
        {
            Beside = opened is null ? null : JudgeLookup(kind, opened, reader),
        };
    }

    private EvidenceFault? JudgeLookup(string kind, byte[] value, NpgsqlDataReader reader)
    {
        if ((reader.ValueOrNull<Guid>(5) is { } keyId ? custodian.Find(keyId) : null) is not { } key)
        {
            return new EvidenceFault(FindingKind.KeyMissing, "the workspace's look-up key", "no key, and no erasure that says so");
        }

        byte[] expected = key.Lookup(kind, value);
        byte[] found = reader.GetFieldValue<byte[]>(4);
        return expected.AsSpan().SequenceEqual(found)
            ? null
            : new EvidenceFault(FindingKind.Lookup, StoredEvent.Hex(expected), StoredEvent.Hex(found));
    }
}
