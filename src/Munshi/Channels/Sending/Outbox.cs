using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>What is to leave. Message, outbox row and job are written in the transaction of the act that causes them.</summary>
internal sealed class Outbox(SentMessages messages, TimeProvider clock)
{
    /// <summary>The kind of the job that sends.</summary>
    public const string SendJob = "channel.send";

    private const string Insert =
        """
        INSERT INTO channel.outbox (client_id, message_id, conversation_id, number_id, withdrawable, owner_epoch, turn, state, created_at, bulk)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $9)
        """;

    /// <returns>The message's id.</returns>
    public async Task<Guid> ComposeAsync(WorkspaceTransaction transaction, ConversationState conversation, OutboxDraft draft)
    {
        Guid messageId = await messages.WriteAsync(
            transaction, conversation, draft.Written, draft.Actor, draft.Actor.IsPerson ? "dashboard" : draft.Actor == Actor.Api ? "api" : "responder");
        DateTimeOffset now = clock.GetMicrosecondNow();
        transaction.Queue(new Statement(Insert)
            .Uuid(transaction.ClientId).Uuid(messageId).Uuid(conversation.Id).Uuid(conversation.NumberId).Flag(draft.Withdrawable)
            .Long(draft.OwnerEpoch).Long(draft.Turn).Time(now).Flag(draft.Bulk));
        if (draft.Bulk)
        {
            Jobs.EnqueueBulk(transaction, SendJob, messageId, now);
        }
        else
        {
            Jobs.Enqueue(transaction, SendJob, messageId, now);
        }

        return messageId;
    }
}
