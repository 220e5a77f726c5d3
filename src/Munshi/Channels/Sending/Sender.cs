using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Sending;

/// <summary>Sends one message: gates, mark as leaving, call, record. Never twice: what may have left is marked uncertain, not sent again.</summary>
internal sealed partial class Sender(
    WorkspaceDatabase database, SendGates gates, MessageStatuses statuses, Numbers numbers, GraphClient graph, TimeProvider clock, ILogger<Sender> logger) : IJobHandler
{
    /// <summary>After so many attempts that surely did not leave, the message is shown as failed.</summary>
    private const int MaxAttempts = 10;

    private static readonly TimeSpan NotSentDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoppedDelay = TimeSpan.FromMinutes(1);

    public string Kind => Outbox.SendJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        SendPlan? plan = await database.TransactAsync(lease.ClientId, transaction => gates.PassAsync(transaction, lease), cancellationToken);
        if (plan is null)
        {
            return;
        }

        NumberCredentials credentials = await numbers.CredentialsAsync(lease.ClientId, plan.NumberId, cancellationToken);
        SendOutcome outcome = await graph.SendTextAsync(
            new SendRequest
            {
                PhoneNumberId = credentials.PhoneNumberId,
                AccessToken = credentials.AccessToken,
                Recipient = plan.Recipient,
                Text = plan.Text,
                CallbackData = plan.Message.Id.ToString(),
            },
            cancellationToken);
        Log.Answered(logger, plan.Message.Id, outcome);

        // Whatever the answer was, it is recorded also while stopping: forgetting it would make it uncertain.
        await database.TransactAsync(lease.ClientId, transaction => RecordAsync(transaction, lease, plan, outcome), CancellationToken.None);
    }

    private async Task<bool> RecordAsync(WorkspaceTransaction transaction, JobLease lease, SendPlan plan, SendOutcome outcome)
    {
        bool held = await Jobs.SubjectAsync(transaction, lease) is not null;
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (held && Again(plan, outcome) is { } delay)
        {
            OutboxRow.Set(transaction, plan.Message.Id, "queued", plan.Attempt, settledAt: null);
            Jobs.PutOff(transaction, lease, now + delay);
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

    /// <summary>When to try again; null when this was the last word.</summary>
    private static TimeSpan? Again(SendPlan plan, SendOutcome outcome) => outcome switch
    {
        _ when plan.Attempt >= MaxAttempts => null,
        SendOutcome.NotSent => NotSentDelay * plan.Attempt,
        SendOutcome.Refused { Class: RetryClass.StopSender } => StoppedDelay,
        SendOutcome.Refused { Class: RetryClass.Fail } => null,
        SendOutcome.Refused refused => refused.RetryAfter
            ?? GraphErrorClass.NextDelay(refused.Class, refused.Code, plan.Attempt, RandomNumberGenerator.GetInt32(1000) / 1000.0),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Information, "Message {MessageId}: {Outcome}")]
        public static partial void Answered(ILogger logger, Guid messageId, SendOutcome outcome);
    }
}
