using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Sending;

/// <summary>Sends one message: gates, mark as leaving, call, record. Never twice: what may have left is marked uncertain, not sent again.</summary>
internal sealed partial class Sender(
    WorkspaceDatabase database, SendGates gates, MessageStatuses statuses, GraphClient graph, TimeProvider clock, ILogger<Sender> logger) : IJobHandler
{
    /// <summary>About a quarter of an hour without a connection, after which the message is shown as failed.</summary>
    private const int MaxUnconnected = 20;

    /// <summary>With the pauses about ten seconds of a database that refuses at once.</summary>
    private const int MaxRecordings = 20;

    private static readonly TimeSpan RecordingPause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstUnconnected = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUnconnected = TimeSpan.FromMinutes(1);

    /// <summary>A token or account that must be mended: asked again until the 24-hour window ends it.</summary>
    private static readonly TimeSpan StoppedDelay = TimeSpan.FromMinutes(1);

    public string Kind => Outbox.SendJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        SendPlan? plan = await database.TransactAsync(lease.ClientId, transaction => gates.PassAsync(transaction, lease), cancellationToken);
        if (plan is null)
        {
            return;
        }

        SendOutcome outcome = await graph.SendTextAsync(
            new SendRequest
            {
                PhoneNumberId = plan.From.PhoneNumberId,
                AccessToken = plan.From.AccessToken,
                Recipient = plan.Recipient,
                Text = plan.Text,
                Options = plan.Options,
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
        if (held && Again(plan, outcome) is { } delay)
        {
            OutboxRow.Set(transaction, plan.Message.Id, "queued", plan.Attempt, settledAt: null);
            Jobs.Wait(transaction, lease, now + delay, Reason(outcome).Stored);
            Signals.Conversation(transaction, plan.Message.ConversationId);
            return true;
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

    private static SendDelay Reason(SendOutcome outcome) =>
        outcome is SendOutcome.Refused refused ? new SendDelay(SendDelay.Refused, refused.Code) : new SendDelay(SendDelay.Unreachable);

    /// <summary>When to try again; null when this was the last word.</summary>
    private static TimeSpan? Again(SendPlan plan, SendOutcome outcome) => outcome switch
    {
        SendOutcome.NotSent => plan.Attempt < MaxUnconnected ? Unconnected(plan.Attempt) : null,
        SendOutcome.Refused { Class: RetryClass.StopSender } => StoppedDelay,
        SendOutcome.Refused refused
            when GraphErrorClass.NextDelay(refused.Class, refused.Code, plan.Attempt, RandomNumberGenerator.GetInt32(1000) / 1000.0) is { } delay =>
            refused.RetryAfter > delay ? refused.RetryAfter : delay,
        _ => null,
    };

    private static TimeSpan Unconnected(int attempt)
    {
        TimeSpan delay = FirstUnconnected * Math.Pow(2, attempt - 1);
        return delay < LongestUnconnected ? delay : LongestUnconnected;
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Information, "Message {MessageId}: {Outcome}")]
        public static partial void Answered(ILogger logger, Guid messageId, SendOutcome outcome);
    }
}
