using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Evidence;
using Npgsql;

namespace Munshi.Responder;

/// <summary>Recomputes each hand-off's commitment and ciphertext hash from what stands in the database now.</summary>
internal sealed class HandOffEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT id, conversation_id, message_id, reason, language, asked, offered, owner_epoch, key_id, at, summary_sealed
        FROM responder.hand_off WHERE client_id = $1
        """;

    private const string SelectSome = Select + " AND id = ANY ($2)";

    private const string SelectPage = Select + " AND id >= $2 AND id <= $3";

    private const string SelectBound = "SELECT id FROM responder.hand_off WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "hand-off";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "hand-off.recorded" };

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, reader => Recompute(clientId, reader), cancellationToken);

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), reader => Recompute(clientId, reader), cancellationToken);

    private Evidence Recompute(Guid clientId, NpgsqlDataReader reader)
    {
        HandOff handOff = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetGuid(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetFieldValue<Guid[]>(5),
            reader.GetFieldValue<string[]>(6),
            reader.GetInt64(7),
            reader.GetGuid(8),
            reader.GetFieldValue<DateTimeOffset>(9));
        byte[] summary = reader.GetFieldValue<byte[]>(10);
        KeyMaterial? key = custodian.Find(handOff.KeyId);
        SealContext context = new(clientId, handOff.Id, HandOff.SummaryColumn);
        return Evidence.Of(handOff.Id, key, present => handOff.Canonical(Sealed.Open(present, context, summary)), summary);
    }
}
