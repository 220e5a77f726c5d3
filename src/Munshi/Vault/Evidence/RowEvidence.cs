using Munshi.Audit;
using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Rows that hold nothing sealed and go on living: that each came into being by one recorded act is what is checked.</summary>
internal sealed class RowEvidence(Databases databases, string objectKind, string birthAction, string bound, string page, string some) : IEvidenceSource
{
    public string ObjectKind => objectKind;

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { birthAction };

    public static RowEvidence Contacts(Databases databases) => new(
        databases,
        "contact",
        "contact.created",
        "SELECT id FROM vault.contact WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1",
        "SELECT id FROM vault.contact WHERE client_id = $1 AND id >= $2 AND id <= $3",
        "SELECT id FROM vault.contact WHERE client_id = $1 AND id = ANY ($2)");

    public static RowEvidence Conversations(Databases databases) => new(
        databases,
        "conversation",
        "conversation.opened",
        "SELECT id FROM vault.conversation WHERE client_id = $1 AND id >= $2 ORDER BY id OFFSET $3 LIMIT 1",
        "SELECT id FROM vault.conversation WHERE client_id = $1 AND id >= $2 AND id <= $3",
        "SELECT id FROM vault.conversation WHERE client_id = $1 AND id = ANY ($2)");

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(bound, page, clientId, Row, cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement(some).Uuid(clientId).Uuids(ids), Row, cancellationToken);

    private static Audit.Evidence Row(NpgsqlDataReader reader) => new(reader.GetGuid(0), CiphertextHash: null, Commitment: null, KeyPresent: true);
}
