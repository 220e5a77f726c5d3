using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>Takes back automatic replies that have not left. Everything here runs under the conversation's lock.</summary>
internal sealed class Withdrawals(MessageStatuses statuses, TimeProvider clock)
{
    private const string Unsent =
        """
        SELECT message_id, state FROM channel.outbox
        WHERE client_id = $1 AND conversation_id = $2 AND state IN ('queued', 'sending') AND withdrawable AND turn < $3
        ORDER BY created_at
        """;

    private static readonly string ForgetGreeting = Sql.Read("Channels/Sending/forget_greeting.sql");

    /// <summary>Withdraws the answers to earlier turns: the newest one answers for all.</summary>
    /// <returns>False when one of them is leaving at this moment: what becomes of it must be known first. Nothing is changed then.</returns>
    public async Task<bool> TrySupersedeAsync(WorkspaceTransaction transaction, ConversationState conversation, long turn)
    {
        IReadOnlyList<(Guid MessageId, string State)> unsent = await transaction.RowsAsync(
            new Statement(Unsent).Uuid(transaction.ClientId).Uuid(conversation.Id).Long(turn), reader => (reader.GetGuid(0), reader.GetString(1)));
        if (unsent.Any(row => row.State == "sending"))
        {
            return false;
        }

        foreach ((Guid messageId, _) in unsent)
        {
            await WithdrawAsync(transaction, (await OutboxRow.LockAsync(transaction, messageId))!, "newer-message", Actor.Responder);
        }

        return true;
    }

    /// <summary>What waits since before a restore cannot be called back: it becomes uncertain.</summary>
    public async Task WithdrawAsync(WorkspaceTransaction transaction, OutboxRow row, string reason, Actor actor)
    {
        (string state, string because) = row.MayHaveLeft ? ("uncertain", OutboxRow.RestoredReason) : ("cancelled", reason);
        await statuses.RecordAsync(transaction, row.Message, state, errorCode: null, because, actor);
        OutboxRow.Set(transaction, row.Message.Id, state, row.Attempts, clock.GetMicrosecondNow());
        transaction.Queue(new Statement(ForgetGreeting).Uuid(transaction.ClientId).Uuid(row.Message.ConversationId));
    }
}
