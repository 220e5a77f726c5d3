using Munshi.Audit;
using Munshi.Channels.Costs;
using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media.Sending;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>What is checked at the moment of sending: owner, newer message, opt-out, window, the month's limit. Passing marks the message as leaving.</summary>
/// <remarks>The conversation is locked before the row of the outbox, as everywhere.</remarks>
internal sealed class SendGates(
    MessageStatuses statuses, MessageTexts texts, SentFiles files, Recipients recipients, Numbers numbers, NumberPaces paces, MessageCosts costs, Withdrawals withdrawals,
    TimeProvider clock)
{
    /// <summary>How long a message waits, at least, for the one before it.</summary>
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromMilliseconds(250);

    /// <summary>And at most, until it looks again.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(1);

    /// <summary>A message that has passed its gates waits no longer than this for its turn at Meta; what was true then is true still.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    /// <summary>That of no conversation.</summary>
    private const long NoEpoch = -1;

    /// <summary>The reason where a message's file is not there any more.</summary>
    private const string FileGone = "file-gone";

    private static readonly string EarlierUnsent = Sql.Read("Channels/Sending/earlier_unsent.sql");

    /// <param name="transaction">That of the job.</param>
    /// <param name="lease">The job.</param>
    /// <param name="hasTurn">Whether it has its turn in the number's pace already.</param>
    /// <returns>Null when nothing is to be sent now: that is recorded and the job completed, or put off until its turn comes.</returns>
    public async Task<SendPlan?> PassAsync(WorkspaceTransaction transaction, JobLease lease, bool hasTurn)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } messageId)
        {
            return null;
        }

        OutboundReference message = await OutboundReference.FindAsync(transaction, messageId)
            ?? throw new InvalidOperationException("A send job without a message.");
        ConversationState conversation = (await Conversations.LockWhereItGoesOnAsync(transaction, message.ConversationId))!.Value.State;
        OutboxRow row = await OutboxRow.LockAsync(transaction, messageId)
            ?? throw new InvalidOperationException("A send job without an outbox row.");
        if (row.MayHaveLeft)
        {
            await SettleAsync(transaction, row, "uncertain", OutboxRow.RestoredReason);
            Jobs.Complete(transaction, lease);
            return null;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        bool mayLeave = row.State == "queued" && Withdrawn(row, conversation) is null && now < row.EndsAt(conversation);
        if (mayLeave && await DelayAsync(transaction, row, conversation, now) is { } delay)
        {
            Jobs.Wait(transaction, lease, delay.Until, delay.Reason.Stored);
            Signals.Conversation(transaction, conversation.Id);
            return null;
        }

        TimeSpan hold = mayLeave && !hasTurn
            ? await paces.TakeAsync(transaction.ClientId, row.NumberId, LongestHold, transaction.CancellationToken)
            : TimeSpan.Zero;
        if (hold > LongestHold)
        {
            Jobs.Wait(transaction, lease, now + hold, new SendDelay(SendDelay.Paced).Stored);
            return null;
        }

        SendPlan? plan = row.State == "queued" ? await PlanAsync(transaction, row, conversation, hold) : null;
        if (plan is { Upload: not null })
        {
            return plan;
        }

        if (plan is not null)
        {
            OutboxRow.Set(transaction, messageId, "sending", plan.Attempt, settledAt: null);
            PairPace.Count(transaction, conversation.Id, row.PairFreeAt, now);
            return plan;
        }

        await SettleLeavingAsync(transaction, row);
        Jobs.Complete(transaction, lease);
        return null;
    }

    /// <summary>The number that a job's message leaves from; null when there is nothing to send.</summary>
    public static async Task<Guid?> NumberOfAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        Guid numberId = await Jobs.SubjectAsync(transaction, lease) is { } messageId
            ? await transaction.RowAsync(
                new Statement("SELECT number_id FROM channel.outbox WHERE client_id = $1 AND message_id = $2 AND state = 'queued'")
                    .Uuid(transaction.ClientId).Uuid(messageId),
                reader => reader.GetGuid(0))
            : Guid.Empty;
        return numberId == Guid.Empty ? null : numberId;
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

    /// <summary>Locks a message whose file was being uploaded, as everywhere: the conversation first.</summary>
    /// <returns>Null where it does not wait for its file any more.</returns>
    public static async Task<OutboxRow?> LockUploadingAsync(WorkspaceTransaction transaction, SendPlan plan)
    {
        await Conversations.LockAsync(transaction, plan.Message.ConversationId);
        return await OutboxRow.LockAsync(transaction, plan.Message.Id) is { State: "queued" } row ? row : null;
    }

    /// <summary>A message whose file cannot be read any more.</summary>
    public Task FailWithoutFileAsync(WorkspaceTransaction transaction, OutboxRow row) => SettleAsync(transaction, row, "failed", FileGone);

    /// <summary>Why a message that may leave does not leave yet, and when it is to look again.</summary>
    private async Task<(DateTimeOffset Until, SendDelay Reason)?> DelayAsync(
        WorkspaceTransaction transaction, OutboxRow row, ConversationState conversation, DateTimeOffset now)
    {
        bool stopped = row.StoppedBy is not null;
        if (stopped && row.ProbeAt > now && row.ProbeAt <= now + NumberStops.LongestPause)
        {
            return Stopped();
        }

        if (await TurnAsync(transaction, row, conversation) is { } turn)
        {
            return (turn, new SendDelay(SendDelay.Behind));
        }

        if (PairPace.WaitUntil(row.PairFreeAt, now) is { } paid)
        {
            return (paid, new SendDelay(SendDelay.Paced));
        }

        return stopped && !await NumberStops.TryProbeAsync(transaction, row.NumberId, now) ? Stopped() : null;

        // Until it is woken, or too late.
        (DateTimeOffset, SendDelay) Stopped() => (row.EndsAt(conversation), new SendDelay(SendDelay.Stopped, row.StoppedBy));
    }

    private async Task<SendPlan?> PlanAsync(WorkspaceTransaction transaction, OutboxRow row, ConversationState conversation, TimeSpan hold)
    {
        if (Withdrawn(row, conversation) is { } reason)
        {
            await withdrawals.WithdrawAsync(transaction, row, reason, Actor.Sender);
            return null;
        }

        if (clock.GetMicrosecondNow() >= row.EndsAt(conversation))
        {
            await SettleAsync(transaction, row, "failed", row.NeedsWindow ? "window-closed" : "waited-too-long");
            return null;
        }

        if (await recipients.FindAsync(transaction, conversation.ContactId, row.Message.IdentifierId) is not { } recipient
            || await texts.FindWrittenAsync(transaction, row.Message.Id) is not { } written
            || SentContent.Read(written.Text, written.Raw) is not (OutboundContent content, var quoted))
        {
            await SettleAsync(transaction, row, "failed", "no-recipient");
            return null;
        }

        Template? template = content is OutboundTemplate wanted ? await TemplateBook.FindAsync(transaction, row.NumberId, wanted) : null;
        if (content is OutboundTemplate && await RefusalOfAsync(transaction, template, conversation) is { } refusal)
        {
            await SettleAsync(transaction, row, "failed", refusal);
            return null;
        }

        FileToSend? file = null;
        if (content is OutboundMedia { AwaitsUpload: true } media)
        {
            file = await files.FindAsync(transaction, row.Message.Id);
            if (file is null)
            {
                await SettleAsync(transaction, row, "failed", FileGone);
                return null;
            }

            content = file.UploadId is { } uploaded ? media.Uploaded(uploaded) : media;
        }

        // Everything the call needs is at hand before the mark: a failure from here on would leave it uncertain.
        NumberCredentials from = await numbers.CredentialsAsync(transaction.ClientId, row.NumberId, transaction.CancellationToken);
        bool uploads = file is { UploadId: null };
        if (row.SpendingIsLimited && !uploads && !await costs.TryHoldAsync(transaction, row.Message.Id, row.NumberId, MessageCosts.CategoryOf(template)))
        {
            await SettleAsync(transaction, row, "failed", MessageCosts.CapReached);
            return null;
        }

        return new SendPlan(row.Message, from, recipient, content, row.Attempts + 1)
        {
            QuotedMessageId = quoted,
            Hold = hold,
            Probes = row.StoppedBy is not null,
            CostIsHeld = row.SpendingIsLimited && !uploads,
            EndsAt = row.EndsAt(conversation),
            Upload = uploads ? file : null,
            UploadedAt = file?.UploadedAt,
        };
    }

    /// <summary>Why a template may not be sent to this customer now; null where it may.</summary>
    public static async Task<string?> RefusalOfAsync(WorkspaceTransaction transaction, Template? template, ConversationState conversation) => template switch
    {
        not { IsApproved: true } => "template-not-approved",
        { IsMarketing: true } when conversation.OptedOut
            || await MarketingChoices.HasStoppedAsync(transaction, conversation.ContactId, conversation.NumberId!.Value) => "opted-out-marketing",
        _ => null,
    };

    /// <summary>Messages of a conversation leave in the order in which they were written.</summary>
    /// <returns>When to look again; null where it is this one's turn.</returns>
    private async Task<DateTimeOffset?> TurnAsync(WorkspaceTransaction transaction, OutboxRow row, ConversationState conversation)
    {
        IReadOnlyList<DateTimeOffset> earlier = await transaction.RowsAsync(
            new Statement(EarlierUnsent).Uuid(transaction.ClientId).Uuid(conversation.Id).Uuid(row.Message.Id)
                .Long(conversation.TakenWhereItGoesOn ? NoEpoch : conversation.OwnerEpoch).Long(conversation.InboundCount).Flag(conversation.OptedOut),
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
        true when row.OwnerEpoch != conversation.OwnerEpoch || conversation.TakenWhereItGoesOn => "owner-changed",
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
