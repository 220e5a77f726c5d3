using System.Text;
using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Notes;

namespace Munshi.Archives.Importing;

/// <summary>Notes; one that was removed stays so, without its words.</summary>
internal sealed class NoteImport(LineBatches batches, DataKeys dataKeys, TimeProvider clock)
{
    private const string Notes = "SELECT id FROM vault.note WHERE client_id = $1 AND id = ANY ($2)";

    private const string Insert =
        """
        INSERT INTO vault.note (client_id, id, conversation_id, identifier_id, person_id, at, key_id, text_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Remove = "INSERT INTO vault.note_removal (client_id, note_id, person_id, at) VALUES ($1, $2, $3, $4)";

    public Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken) =>
        batches.EachAsync(workspace, DataFiles.Notes, AddAsync, cancellationToken);

    private async Task AddAsync(WorkspaceTransaction transaction, IReadOnlyList<NoteLine> batch)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyList<NoteLine> fresh = await LineBatches.NewAsync(transaction, batch, line => line.Id, Notes);
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.Select(line => (line.IdentifierId, ArchivedPeriod.Of(line.At))).Distinct()], now);
        foreach (NoteLine line in fresh)
        {
            DataKey key = keys[(line.IdentifierId, ArchivedPeriod.Of(line.At))];
            NoteRecord record = new(line.Id, line.ConversationId, line.IdentifierId, line.PersonId, line.At, key.Id);
            byte[] words = Encoding.UTF8.GetBytes(line.Text ?? "");
            byte[] sealedText = SealedValue.Seal(key.Material, new SealContext(clientId, line.Id, NoteRecord.TextColumn), words);
            transaction.Queue(new Statement(Insert)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.ConversationId).Uuid(line.IdentifierId).Uuid(line.PersonId).Time(line.At).Uuid(key.Id).Bytes(sealedText));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator, "note.written", "note", line.Id, now, record.Commit(key.Material, words), RecordCommitment.HashCiphertexts(sealedText)));
            if (line.DeletedAt is not null)
            {
                transaction.Queue(new Statement(Remove).Uuid(clientId).Uuid(line.Id).Uuid(line.DeletedBy).Time(line.DeletedAt));
                AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "note.deleted", "note", line.Id, now));
            }
        }
    }
}
