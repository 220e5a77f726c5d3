using System.Runtime.CompilerServices;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Recomputes each identifier's commitment and ciphertext hash from what stands in the vault now.</summary>
internal sealed class IdentifierEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT i.id, i.kind, i.value_sealed, k.key_id
        FROM vault.identifier i
        JOIN vault.data_key k ON k.client_id = i.client_id AND k.identifier_id = i.id AND k.period = 0
        WHERE i.client_id = $1
        """;

    public string ObjectKind => "identifier";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "identifier.added" };

    public async IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Audit.Evidence evidence in databases.Reader.StreamAsync(
            new Statement(Select).Uuid(clientId), reader => Recompute(clientId, reader), cancellationToken))
        {
            yield return evidence;
        }
    }

    private Audit.Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string kind = reader.GetString(1);
        byte[] value = reader.GetFieldValue<byte[]>(2);
        KeyMaterial? key = custodian.Find(reader.GetGuid(3));
        SealContext context = new(clientId, id, Correspondents.ValueColumn);
        return new Audit.Evidence(
            id,
            RecordCommitment.HashCiphertexts(value),
            key is null ? null : Sealed.Commitment(() => Correspondents.Commit(key, id, kind, SealedValue.Open(key, context, value))),
            key is not null);
    }
}
