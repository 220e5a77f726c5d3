using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Vault.Importing;

/// <summary>Takes an import back as a whole, and puts it back. No row changes: what no other import saw is not shown any more.</summary>
internal sealed class ImportWithdrawals(WorkspaceDatabase database, TimeProvider clock)
{
    private const string Withdraw =
        """
        INSERT INTO vault.withdrawn_import AS w (client_id, import_id, withdrawn, at) SELECT $1, id, true, $3 FROM vault.import WHERE client_id = $1 AND id = $2
        ON CONFLICT (client_id, import_id) DO UPDATE SET withdrawn = true, at = excluded.at WHERE NOT w.withdrawn
        RETURNING import_id
        """;

    /// <summary>An import of the chat that still runs is not to go on under what was taken back.</summary>
    private const string PassEpoch =
        """
        UPDATE vault.import_fence f SET epoch = f.epoch + 1
        FROM vault.import i WHERE i.client_id = $1 AND i.id = $2 AND f.client_id = $1 AND f.identifier_id = i.identifier_id
        """;

    private static readonly string MoveConversation = Sql.Read("Vault/Importing/move_conversation.sql");

    /// <returns>Whether it stood until now; false too where this workspace has no such import.</returns>
    public Task<bool> WithdrawAsync(Guid clientId, Guid importId, Actor actor, CancellationToken cancellationToken) =>
        database.TransactAsync(
            clientId,
            async transaction =>
            {
                DateTimeOffset now = clock.GetMicrosecondNow();
                transaction.Queue(new Statement(PassEpoch).Uuid(clientId).Uuid(importId));
                if (await transaction.RowAsync(new Statement(Withdraw).Uuid(clientId).Uuid(importId).Time(now), reader => reader.GetGuid(0)) == Guid.Empty)
                {
                    return false;
                }

                await MoveAsync(transaction, importId);
                AuditTrail.Record(transaction, new AuditEvent(actor, "chat.withdrawn", "import", importId, now));
                return true;
            },
            cancellationToken);

    /// <summary>Puts an import back that was taken back, because it is imported again.</summary>
    public static async Task RestoreAsync(WorkspaceTransaction transaction, Guid importId, Actor actor, DateTimeOffset now)
    {
        Guid restored = await transaction.RowAsync(
            new Statement("UPDATE vault.withdrawn_import SET withdrawn = false, at = $3 WHERE client_id = $1 AND import_id = $2 AND withdrawn RETURNING import_id")
                .Uuid(transaction.ClientId).Uuid(importId).Time(now),
            reader => reader.GetGuid(0));
        if (restored != Guid.Empty)
        {
            await MoveAsync(transaction, importId);
            AuditTrail.Record(transaction, new AuditEvent(actor, "chat.restored", "import", importId, now));
        }
    }

    private static async Task MoveAsync(WorkspaceTransaction transaction, Guid importId)
    {
        foreach (Guid conversation in await transaction.RowsAsync(
            new Statement(MoveConversation).Uuid(transaction.ClientId).Uuid(importId), reader => reader.GetGuid(0)))
        {
            Signals.Conversation(transaction, conversation);
        }
    }
}
