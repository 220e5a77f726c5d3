using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;

namespace Munshi.Channels.Sending;

/// <summary>What is checked at the moment of sending: owner, newer message, opt-out, window. Passing marks the message as leaving.</summary>
/// <remarks>The conversation is locked before the row of the outbox, as everywhere.</remarks>
internal sealed class SendGates(
    MessageStatuses statuses, MessageTexts texts, Recipients recipients, Numbers numbers, Withdrawals withdrawals, TimeProvider clock)
{
    /// <summary>How long a message waits, at least, for the one before it.</summary>
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromMilliseconds(250);

    /// <summary>And at most, until it looks again.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(1);

    private static readonly string EarlierUnsent = Sql.Read("Channels/Sending/earlier_unsent.sql");

    /// <returns>Null when nothing is to be sent now: that is recorded and the job completed, or put off until its turn comes.</returns>
    public async Task<SendPlan?> PassAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } messageId)
        {
            return null;
        }

        OutboundReference message = await OutboundReference.FindAsync(transaction, messageId)
            ?? throw new InvalidOperationException("A send job without a message.");
        ConversationState conversation = (await Conversations.LockAsync(transaction, message.ConversationId))!;
        OutboxRow row = await OutboxRow.LockAsync(transaction, messageId)
            ?? throw new InvalidOperationException("A send job without an outbox row.");
        if (row.MayHaveLeft)
        {
            await SettleAsync(transaction, row, "uncertain", OutboxRow.RestoredReason);
            Jobs.Complete(transaction, lease);
            return null;
        }

        if (row.State == "queued" && Withdrawn(row, conversation) is null && await TurnAsync(transaction, row, conversation) is { } turn)
        {
            Jobs.Wait(transaction, lease, turn, new SendDelay(SendDelay.Behind).Stored);
            Signals.Conversation(transaction, conversation.Id);
            return null;
        }

        SendPlan? plan = row.State == "queued" ? await PlanAsync(transaction, row, conversation) : null;
        if (plan is not null)
        {
            OutboxRow.Set(transaction, messageId, "sending", plan.Attempt, settledAt: null);
            return plan;
        }

        await SettleLeavingAsync(transaction, row);
        Jobs.Complete(transaction, lease);
        return null;
    }

    /// <summary>What was tried for the last time: never left, or may have left.</summary>
    public async Task GiveUpAsync(WorkspaceTransaction transaction, Guid messageId)
    {
        if (await OutboundReference.FindAsync(transaction, messageId) is not { } message)
        {
            return;
        }

        await Conversations.LockAsync(transaction, message.ConversationId);
        if (await OutboxRow.LockAsync(transaction, messageId) is { } row)
        {
            await SettleLeavingAsync(transaction, row);
            if (row.State == "queued")
            {
                await (row.MayHaveLeft
                    ? SettleAsync(transaction, row, "uncertain", OutboxRow.RestoredReason)
                    : SettleAsync(transaction, row, "failed", "given-up"));
            }
        }
    }

    private async Task<SendPlan?> PlanAsync(WorkspaceTransaction transaction, OutboxRow row, ConversationState conversation)
    {
        if (Withdrawn(row, conversation) is { } reason)
        {
            await withdrawals.WithdrawAsync(transaction, row, reason, Actor.Sender);
            return null;
        }

        if (!conversation.WindowIsOpen(clock.GetMicrosecondNow()))
        {
            await SettleAsync(transaction, row, "failed", "window-closed");
            return null;
        }

        if (await recipients.FindAsync(transaction, conversation.ContactId) is not { } recipient
            || await texts.FindAsync(transaction, row.Message.Id) is not { Text: { } text } words)
        {
            await SettleAsync(transaction, row, "failed", "no-recipient");
            return null;
        }

        // Everything the call needs is at hand before the mark: a failure from here on would leave it uncertain.
        NumberCredentials from = await numbers.CredentialsAsync(transaction.ClientId, row.NumberId, transaction.CancellationToken);
        return new SendPlan(row.Message, from, recipient, text, words.Options, row.Attempts + 1);
    }

    /// <summary>Messages of a conversation leave in the order in which they were written.</summary>
    /// <returns>When to look again; null where it is this one's turn.</returns>
    private async Task<DateTimeOffset?> TurnAsync(WorkspaceTransaction transaction, OutboxRow row, ConversationState conversation)
    {
        IReadOnlyList<DateTimeOffset> earlier = await transaction.RowsAsync(
            new Statement(EarlierUnsent).Uuid(transaction.ClientId).Uuid(conversation.Id).Uuid(row.Message.Id)
                .Long(conversation.OwnerEpoch).Long(conversation.InboundCount).Flag(conversation.OptedOut),
            reader => reader.GetFieldValue<DateTimeOffset>(0));
        if (earlier.Count == 0)
        {
            return null;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        TimeSpan wait = earlier[0] - now + ShortestTurn;
        return now + (wait < ShortestTurn ? ShortestTurn : wait < LongestTurn ? wait : LongestTurn);
    }

    private static string? Withdrawn(OutboxRow row, ConversationState conversation) => row.Withdrawable switch
    {
        true when row.OwnerEpoch != conversation.OwnerEpoch => "owner-changed",
        true when row.Turn < conversation.InboundCount => "newer-message",
        true when conversation.OptedOut => "opted-out",
        _ => null,
    };

    /// <summary>A sender died between asking Meta and recording the answer: it may have left.</summary>
    private async Task SettleLeavingAsync(WorkspaceTransaction transaction, OutboxRow row)
    {
        if (row.State == "sending")
        {
            await SettleAsync(transaction, row, "uncertain", "sender-died");
        }
    }

    private async Task SettleAsync(WorkspaceTransaction transaction, OutboxRow row, string state, string reason)
    {
        await statuses.RecordAsync(transaction, row.Message, state, errorCode: null, reason, Actor.Sender);
        OutboxRow.Set(transaction, row.Message.Id, state, row.Attempts, clock.GetMicrosecondNow());
    }
}
