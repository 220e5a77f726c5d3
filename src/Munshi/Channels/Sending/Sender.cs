using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Channels.Costs;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Media.Sending;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Sending;

/// <summary>Sends one message: gates, mark as leaving, call, record. Never twice: what may have left is marked uncertain, not sent again.</summary>
internal sealed partial class Sender(
    WorkspaceDatabase database, SendGates gates, Uploads uploads, NumberPaces paces, MessageStatuses statuses, GraphClient graph, TimeProvider clock, ILogger<Sender> logger)
    : IJobHandler
{
    /// <summary>Meta's codes where it does not know the file that a message names.</summary>
    private static readonly int[] UnknownFile = [100, 131009, 131053];

    /// <summary>A file that was uploaded later than this is not uploaded anew for one of them.</summary>
    private static readonly TimeSpan FreshUpload = TimeSpan.FromMinutes(1);

    /// <summary>Meta's code where a number sends faster than it may.</summary>
    private const int Throughput = 130429;

    /// <summary>With the pauses about ten seconds of a database that refuses at once.</summary>
    private const int MaxRecordings = 20;

    private static readonly TimeSpan RecordingPause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstUnconnected = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUnconnected = TimeSpan.FromMinutes(1);

    /// <summary>So long what is in bulk waits for its turn before it is put off, well below the lease of its job.</summary>
    private static readonly TimeSpan BulkPatience = TimeSpan.FromSeconds(10);

    /// <summary>With a token that was replaced meanwhile a message is tried again at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(250);

    public string Kind => Outbox.SendJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        bool hasTurn = false;
        if (lease.IsBulk)
        {
            Guid? number = await database.TransactAsync(lease.ClientId, transaction => SendGates.NumberOfAsync(transaction, lease), cancellationToken);
            hasTurn = number is { } from && await paces.WaitAsync(lease.ClientId, from, BulkPatience, cancellationToken);
        }

        SendPlan? plan = await database.TransactAsync(lease.ClientId, transaction => gates.PassAsync(transaction, lease, hasTurn), cancellationToken);
        if (plan is null)
        {
            return;
        }

        if (plan.Upload is { } file)
        {
            await uploads.BeginAsync(lease, this, plan, file, outcome => RecordAsync(lease, plan, outcome), cancellationToken);
            return;
        }

        if (plan.Hold > TimeSpan.Zero)
        {
            await Task.Delay(plan.Hold, clock, CancellationToken.None); // it is marked as leaving
        }

        SendOutcome outcome = await graph.SendAsync(
            new SendRequest
            {
                PhoneNumberId = plan.From.PhoneNumberId,
                AccessToken = plan.From.AccessToken,
                Recipient = plan.Recipient,
                Content = plan.Content,
                QuotedMessageId = plan.QuotedMessageId,
                CallbackData = plan.Message.Id.ToString(),
            },
            cancellationToken);
        Log.Answered(logger, plan.Message.Id, outcome);

        await RecordAsync(lease, plan, outcome);
    }

    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => gates.GiveUpAsync(transaction, subject);

    /// <summary>Whatever the answer was, it is recorded also while stopping or while PostgreSQL restarts: forgetting it would make it uncertain.</summary>
    private async Task RecordAsync(JobLease lease, SendPlan plan, SendOutcome outcome)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await database.TransactAsync(lease.ClientId, transaction => RecordAsync(transaction, lease, plan, outcome), CancellationToken.None);
                return;
            }
            catch (NpgsqlException) when (attempt < MaxRecordings)
            {
                await Task.Delay(RecordingPause, clock);
            }
        }
    }

    private async Task<bool> RecordAsync(WorkspaceTransaction transaction, JobLease lease, SendPlan plan, SendOutcome outcome)
    {
        bool held = await Jobs.SubjectAsync(transaction, lease) is not null;
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (plan.Upload is not null && (!held || await SendGates.LockUploadingAsync(transaction, plan) is null))
        {
            return false; // the job finds out what became of its message
        }

        if (outcome is SendOutcome.Refused { Code: Throughput or GraphErrorClass.NoCode, Class: RetryClass.Retry } tooFast)
        {
            paces.Lower(transaction, plan.From.NumberId, tooFast.RetryAfter);
        }

        if (plan.CostIsHeld && outcome is (SendOutcome.Refused or SendOutcome.NotSent))
        {
            MessageCosts.GiveBack(transaction, plan.Message.Id);
        }

        if (held && await AgainAsync(transaction, plan, outcome, now) is (DateTimeOffset at, SendDelay delay))
        {
            OutboxRow.Set(transaction, plan.Message.Id, "queued", plan.Attempt, settledAt: null);
            Jobs.Wait(transaction, lease, at, delay.Stored);
            Signals.Conversation(transaction, plan.Message.ConversationId);
            return true;
        }

        if (plan.Probes && outcome is SendOutcome.Accepted)
        {
            await NumberStops.ResumeAsync(transaction, plan.From.NumberId, Actor.Sender, now);
        }
        else if (plan.Probes && outcome is SendOutcome.Refused { Class: RetryClass.Fail })
        {
            NumberStops.AskAgain(transaction, plan.From.NumberId, now);
        }

        (string state, int? code, string? reason) = outcome switch
        {
            SendOutcome.Accepted => ("accepted", (int?)null, (string?)null),
            SendOutcome.Refused refused => ("failed", refused.Code, "refused"),
            SendOutcome.NotSent => ("failed", null, "not-sent"),
            _ => ("uncertain", null, "no-answer"),
        };
        if (outcome is SendOutcome.Accepted accepted)
        {
            await statuses.LearnReferenceAsync(transaction, plan.Message, accepted.ProviderId, now);
        }

        await statuses.RecordAsync(transaction, plan.Message, state, code, reason, Actor.Sender);
        OutboxRow.Set(transaction, plan.Message.Id, state, plan.Attempt, now);
        if (held)
        {
            Jobs.Complete(transaction, lease);
        }

        return true;
    }

    /// <summary>When to try again, and why it waits; null when this was the last word.</summary>
    private static async Task<(DateTimeOffset At, SendDelay Reason)?> AgainAsync(
        WorkspaceTransaction transaction, SendPlan plan, SendOutcome outcome, DateTimeOffset now)
    {
        switch (outcome)
        {
            case SendOutcome.NotSent when now < plan.EndsAt:
                return (now + Unconnected(plan.Attempt), new SendDelay(SendDelay.Unreachable));
            case SendOutcome.Refused { Class: RetryClass.StopSender } stopping:
                return await NumberStops.StopAsync(transaction, plan.From, stopping.Code, now)
                    ? (plan.EndsAt, new SendDelay(SendDelay.Stopped, stopping.Code))
                    : (now + AtOnce, new SendDelay(SendDelay.Refused, stopping.Code));
            case SendOutcome.Refused unknown when plan.UploadedAt < now - FreshUpload && UnknownFile.Contains(unknown.Code):
                SentFiles.ForgetUpload(transaction, plan.Message.Id);
                return (now, new SendDelay(SendDelay.Refused, unknown.Code));
            case SendOutcome.Refused refused
                when GraphErrorClass.NextDelay(refused.Class, refused.Code, plan.Attempt, RandomNumberGenerator.GetInt32(1000) / 1000.0) is { } delay:
                return (now + (refused.RetryAfter > delay ? refused.RetryAfter.Value : delay), new SendDelay(SendDelay.Refused, refused.Code));
            default:
                return null;
        }
    }

    private static TimeSpan Unconnected(int attempt)
    {
        TimeSpan delay = FirstUnconnected * Math.Pow(2, Math.Min(attempt - 1, 10));
        return delay < LongestUnconnected ? delay : LongestUnconnected;
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Information, "Message {MessageId}: {Outcome}")]
        public static partial void Answered(ILogger logger, Guid messageId, SendOutcome outcome);
    }
}
