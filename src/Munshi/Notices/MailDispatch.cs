using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Notices;

/// <summary>Sends one mail: quiet hours, mark as leaving, hand over, record. What may have left is sent again, recognisable by its <c>Message-ID</c>, a few times.</summary>
internal sealed partial class MailDispatch(
    WorkspaceDatabase database, NoticeRecipients recipients, MailWriter writer, MailServer server, TimeProvider clock, ILogger<MailDispatch> logger)
    : IJobHandler, IDisposable
{
    /// <summary>Its subject is the delivery.</summary>
    public const string MailJob = "notice.mail";

    /// <summary>About a day of a server that is away or says "not now", by the work queue's back-off.</summary>
    internal const int MaxAttempts = 150;

    /// <summary>So many repeats at most of a mail that the recipient may already have.</summary>
    internal const int MaxUnanswered = 3;

    /// <summary>A mail server that falls silent must not take the slots in which customers are answered.</summary>
    private const int AtOnce = 2;

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _lines = new(AtOnce);

    public string Kind => MailJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        if (!await _lines.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            await InLeaseAsync(lease, (transaction, _) => { Jobs.Wait(transaction, lease, clock.GetUtcNow() + Busy); return Task.FromResult(true); }, cancellationToken);
            return;
        }

        try
        {
            await SendAsync(lease, cancellationToken);
        }
        finally
        {
            _lines.Release();
        }
    }

    public async Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        if (await Deliveries.LockAsync(transaction, subject) is { } delivery)
        {
            Settle(transaction, delivery with { State = MailState.Failed }, "given-up", code: null);
        }
    }

    public void Dispose() => _lines.Dispose();

    private async Task SendAsync(JobLease lease, CancellationToken cancellationToken)
    {
        MailPlan? plan = await InLeaseAsync(lease, (transaction, id) => PlanAsync(transaction, lease, id), cancellationToken);
        if (plan is null)
        {
            return;
        }

        OutgoingMail mail = await writer.WriteAsync(lease.ClientId, plan, cancellationToken);
        Delivery? leaving = await InLeaseAsync(lease, (transaction, id) => LeaveAsync(transaction, id), cancellationToken);
        if (leaving is null)
        {
            return;
        }

        MailOutcome outcome = await server.SendAsync(mail, cancellationToken);
        Log.Answered(logger, leaving.Id, leaving.Attempts, outcome);
        await InLeaseAsync(lease, (transaction, _) => { Record(transaction, lease, leaving, outcome); return Task.FromResult(true); }, CancellationToken.None);
    }

    /// <summary>Does the work while the lease is held; the default when it was lost.</summary>
    private Task<T?> InLeaseAsync<T>(JobLease lease, Func<WorkspaceTransaction, Guid, Task<T>> work, CancellationToken cancellationToken) =>
        database.TransactAsync(
            lease.ClientId,
            async transaction => await Jobs.SubjectAsync(transaction, lease) is { } subject ? await work(transaction, subject) : default,
            cancellationToken);

    /// <summary>Whether it may leave now, and to whom; null when it was put off or is settled.</summary>
    private async Task<MailPlan?> PlanAsync(WorkspaceTransaction transaction, JobLease lease, Guid id)
    {
        if (await Deliveries.LockAsync(transaction, id) is not { State: not (MailState.Sent or MailState.Failed or MailState.NotSent) } delivery)
        {
            Jobs.Complete(transaction, lease);
            return null;
        }

        NoticePreferences chosen = await recipients.ReadAsync(transaction, delivery.PersonId);
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (!server.IsSetUp || chosen.Email is null)
        {
            Deliveries.Set(
                transaction, delivery with { State = MailState.NotSent }, server.IsSetUp ? "no-address" : "no-server", code: null, heldUntil: null, isSettled: true, now);
            Jobs.Complete(transaction, lease);
            return null;
        }

        if (!PassesQuietHours(delivery) && chosen.Quiet?.EndAfter(now, chosen.Zone) is { } until)
        {
            if (delivery.State != MailState.Held)
            {
                Deliveries.Set(transaction, delivery with { State = MailState.Held }, "quiet-hours", code: null, until, isSettled: false, now);
            }

            Jobs.Wait(transaction, lease, until);
            return null;
        }

        return new MailPlan(delivery, chosen);
    }

    private static bool PassesQuietHours(Delivery delivery) => delivery.Severity == NoticeSeverity.Alert || delivery.Kind == TestMail.Kind;

    /// <summary>Marks it as leaving. One that already was is of an attempt that ended without a word.</summary>
    private async Task<Delivery?> LeaveAsync(WorkspaceTransaction transaction, Guid id)
    {
        if (await Deliveries.LockAsync(transaction, id) is not { } delivery)
        {
            return null;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        if (delivery.State == MailState.Sending)
        {
            delivery = delivery with { State = MailState.Uncertain, Unanswered = delivery.Unanswered + 1 };
            Deliveries.Set(transaction, delivery, "broken-off", code: null, heldUntil: null, isSettled: false, now);
        }

        Delivery leaving = delivery with { State = MailState.Sending, Attempts = delivery.Attempts + 1 };
        Deliveries.Set(transaction, leaving, reason: null, code: null, heldUntil: null, isSettled: false, now);
        return leaving;
    }

    private void Record(WorkspaceTransaction transaction, JobLease lease, Delivery delivery, MailOutcome outcome)
    {
        (MailState state, string? reason, int? code) = outcome switch
        {
            MailOutcome.Sent => (MailState.Sent, (string?)null, (int?)null),
            MailOutcome.Refused refused => (MailState.Failed, IsSignIn(refused.Code) ? "sign-in" : "refused", refused.Code),
            MailOutcome.Deferred deferred => (MailState.Queued, "deferred", deferred.Code),
            MailOutcome.NotSent notSent => (MailState.Queued, notSent.Reason, null),
            _ => (MailState.Uncertain, "no-answer", null),
        };
        Delivery recorded = delivery with { State = state, Unanswered = delivery.Unanswered + (state == MailState.Uncertain ? 1 : 0) };
        if (state is MailState.Queued or MailState.Uncertain && recorded.Attempts < MaxAttempts && recorded.Unanswered < MaxUnanswered)
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            Deliveries.Set(transaction, recorded, reason, code, heldUntil: null, isSettled: false, now);
            Jobs.Wait(transaction, lease, now + JobQueue.Delay(recorded.Attempts));
            return;
        }

        Settle(transaction, recorded with { State = state == MailState.Queued ? MailState.Failed : state }, reason, code);
        Jobs.Complete(transaction, lease);
    }

    private void Settle(WorkspaceTransaction transaction, Delivery delivery, string? reason, int? code)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Deliveries.Set(transaction, delivery, reason, code, heldUntil: null, isSettled: true, now);
        AuditTrail.Record(transaction, new AuditEvent(Actor.Notices, $"notice.{delivery.State.Name()}", "notice-delivery", delivery.Id, now));
    }

    /// <summary>RFC 4954, section 6, and 530 of RFC 3207.</summary>
    private static bool IsSignIn(int code) => code is 530 or 534 or 535 or 538;

    private static partial class Log
    {
        [LoggerMessage(16002, LogLevel.Information, "Mail {DeliveryId}, attempt {Attempt}: {Outcome}")]
        public static partial void Answered(ILogger logger, Guid deliveryId, int attempt, MailOutcome outcome);
    }
}
