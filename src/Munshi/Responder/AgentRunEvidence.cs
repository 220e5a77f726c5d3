using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Responder;

/// <summary>Recomputes each run's commitment from what stands in the database now.</summary>
internal sealed class AgentRunEvidence(Databases databases, KeyCustodian custodian) : IEvidenceSource
{
    private const string Select =
        """
        SELECT r.id, r.conversation_id, r.message_id, r.provider, r.decision, r.reason, r.prompt_hash, r.sources, r.score, r.reply_message_id,
            r.latency_ms, r.at, m.key_id
        FROM responder.agent_run r
        JOIN vault.message m ON m.client_id = r.client_id AND m.id = r.message_id
        WHERE r.client_id = $1
        """;

    private const string SelectSome = Select + " AND r.id = ANY ($2)";

    private const string SelectPage = Select + " AND r.id >= $2 AND r.id <= $3";

    private const string SelectBound = "SELECT id FROM responder.agent_run WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1";

    public string ObjectKind => "run";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "run.recorded" };

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(SelectBound, SelectPage, clientId, Recompute, cancellationToken);

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(SelectSome).Uuid(clientId).Uuids(ids), Recompute, cancellationToken);

    private Evidence Recompute(NpgsqlDataReader reader)
    {
        AgentRun run = new(
            reader.GetGuid(0),
            reader.GetGuid(1),
            reader.GetGuid(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetFieldValue<byte[]>(6),
            reader.GetFieldValue<string[]>(7),
            reader.ValueOrNull<double>(8),
            reader.ValueOrNull<Guid>(9),
            reader.GetInt32(10),
            reader.GetFieldValue<DateTimeOffset>(11));
        KeyMaterial? key = custodian.Find(reader.GetGuid(12));
        return Evidence.Of(run.Id, key, _ => run.Canonical());
    }
}
