using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Responder;

/// <summary>Recomputes each outcome's commitment from what stands in the database now.</summary>
internal sealed class AnswerOutcomeEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT o.id, o.conversation_id, o.message_id, o.reply_message_id, o.helped, o.sources, o.at, m.key_id
        FROM responder.answer_outcome o
        JOIN vault.message m ON m.client_id = o.client_id AND m.id = o.message_id
        WHERE o.client_id = $1
        """;

    private const string SelectSome = Select + " AND o.id = ANY ($2)";

    private const string SelectPage = Select + " AND o.id >= $2 AND o.id <= $3";

    private const string SelectBound = "SELECT id FROM responder.answer_outcome WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "outcome";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "outcome.recorded" };

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, Recompute, cancellationToken);

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), Recompute, cancellationToken);

    private Evidence Recompute(NpgsqlDataReader reader)
    {
        AnswerOutcome outcome = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetGuid(2),
            reader.GetGuid(3),
            reader.GetBoolean(4),
            reader.GetFieldValue<string[]>(5),
            reader.GetFieldValue<DateTimeOffset>(6));
        KeyMaterial? key = custodian.Find(reader.GetGuid(7));
        return Evidence.Of(outcome.Id, key, _ => outcome.Canonical());
    }
}
