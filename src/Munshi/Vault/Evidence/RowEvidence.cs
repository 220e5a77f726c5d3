using System.Runtime.CompilerServices;
using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Evidence;

/// <summary>Rows that hold nothing sealed and go on living: that each came into being by one recorded act is what is checked.</summary>
internal sealed class RowEvidence(Databases databases, string objectKind, string birthAction, string select) : IEvidenceSource
{
    public string ObjectKind => objectKind;

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { birthAction };

    public static RowEvidence Contacts(Databases databases) =>
        new(databases, "contact", "contact.created", "SELECT id FROM vault.contact WHERE client_id = $1");

    public static RowEvidence Conversations(Databases databases) =>
        new(databases, "conversation", "conversation.opened", "SELECT id FROM vault.conversation WHERE client_id = $1");

    public async IAsyncEnumerable<Audit.Evidence> ReadAsync(Guid clientId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Guid id in databases.Reader.StreamAsync(new Statement(select).Uuid(clientId), reader => reader.GetGuid(0), cancellationToken))
        {
            yield return new Audit.Evidence(id, CiphertextHash: null, Commitment: null, KeyPresent: true);
        }
    }
}
