using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>What is checked at the moment of sending: owner, newer message, opt-out, window. Passing marks the message as leaving.</summary>
internal sealed class SendGates(MessageStatuses statuses, MessageTexts texts, Recipients recipients, TimeProvider clock)
{
    /// <returns>Null when nothing is to be sent; that is recorded and the job completed.</returns>
    public async Task<SendPlan?> PassAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } messageId)
        {
            return null;
        }

        OutboxRow row = await OutboxRow.LockAsync(transaction, messageId)
            ?? throw new InvalidOperationException("A send job without an outbox row.");
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (row.State == "sending")
        {
            // A sender died between asking Meta and recording the answer: it may have left.
            await SettleAsync(transaction, lease, row, "uncertain", "sender-died", now);
            return null;
        }

        if (row.State != "queued")
        {
            Jobs.Complete(transaction, lease);
            return null;
        }

        ConversationState conversation = (await Conversations.LockAsync(transaction, row.Message.ConversationId))!;
        if (Withdrawn(row, conversation) is { } reason)
        {
            await SettleAsync(transaction, lease, row, "cancelled", reason, now);
            return null;
        }

        if (!conversation.WindowIsOpen(now))
        {
            await SettleAsync(transaction, lease, row, "failed", "window-closed", now);
            return null;
        }

        if (await recipients.FindAsync(transaction, conversation.ContactId) is not { } recipient
            || await texts.FindAsync(transaction, messageId) is not { Text: { } text })
        {
            await SettleAsync(transaction, lease, row, "failed", "no-recipient", now);
            return null;
        }

        OutboxRow.Set(transaction, messageId, "sending", row.Attempts + 1, settledAt: null);
        return new SendPlan(row.Message, row.NumberId, recipient, text, row.Attempts + 1);
    }

    private static string? Withdrawn(OutboxRow row, ConversationState conversation) => row.Automatic switch
    {
        true when row.OwnerEpoch != conversation.OwnerEpoch => "owner-changed",
        true when row.Turn < conversation.InboundCount => "newer-message",
        true when conversation.OptedOut => "opted-out",
        _ => null,
    };

    private async Task SettleAsync(WorkspaceTransaction transaction, JobLease lease, OutboxRow row, string state, string reason, DateTimeOffset now)
    {
        await statuses.RecordAsync(transaction, row.Message, state, errorCode: null, reason, Actor.Sender);
        OutboxRow.Set(transaction, row.Message.Id, state, row.Attempts, now);
        Jobs.Complete(transaction, lease);
    }
}
