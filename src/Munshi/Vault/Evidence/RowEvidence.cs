using Munshi.Audit;
using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Evidence;

/// <summary>Rows that hold nothing sealed and go on living: that each came into being by one recorded act is what is checked.</summary>
internal sealed class RowEvidence(Databases databases, string objectKind, string birthAction, string table) : IEvidenceSource
{
    public string ObjectKind => objectKind;

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { birthAction };

    public static RowEvidence Contacts(Databases databases) => new(
        databases,
        "contact",
        "contact.created",
        "vault.contact");

    public static RowEvidence Conversations(Databases databases) => new(
        databases,
        "conversation",
        "conversation.opened",
        "vault.conversation");

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) =>
        databases.Reader.EvidencePagesAsync(table, $"SELECT id FROM {table} WHERE client_id = $1 AND id >= $2 AND id <= $3", clientId, Row, cancellationToken);

    public IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) =>
        databases.Reader.EvidenceAsync(new Statement($"SELECT id FROM {table} WHERE client_id = $1 AND id = ANY ($2)").Uuid(clientId).Uuids(ids), Row, cancellationToken);

    private static Audit.Evidence Row(NpgsqlDataReader reader) => new(reader.GetGuid(0), CiphertextHash: null, Commitment: null, KeyPresent: true);
}
