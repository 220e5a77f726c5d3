using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Workspaces;

namespace Munshi.Archives.Importing;

/// <summary>Every revision of what the business answers with.</summary>
internal sealed class KnowledgeImport(LineBatches batches, WorkspaceKeys keys, TimeProvider clock)
{
    private const string Entries = "SELECT row_id FROM knowledge.entry WHERE client_id = $1 AND row_id = ANY ($2)";

    private const string Insert =
        "INSERT INTO knowledge.entry (client_id, entry_id, revision, row_id, retired, entry_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    public Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken) =>
        batches.EachAsync(workspace, DataFiles.Knowledge, AddAsync, cancellationToken);

    private async Task AddAsync(WorkspaceTransaction transaction, IReadOnlyList<KnowledgeLine> batch)
    {
        Guid clientId = transaction.ClientId;
        foreach (KnowledgeLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Entries))
        {
            byte[]? entry = line.Entry is null
                ? null
                : await keys.SealAsync(new SealContext(clientId, line.Id, KnowledgeBase.EntryColumn), line.Entry, transaction.CancellationToken);
            transaction.Queue(new Statement(Insert)
                .Uuid(clientId).Text(line.Name).Int(line.Revision).Uuid(line.Id).Flag(line.IsRetired).Bytes(entry).Time(line.CreatedAt));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator, line.IsRetired ? "knowledge.retired" : "knowledge.revised", "knowledge-entry", line.Id, clock.GetMicrosecondNow()));
        }
    }
}
