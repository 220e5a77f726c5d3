using System.Collections.Concurrent;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Webhooks;

/// <summary>Delivers webhooks until each is answered 200, at most <see cref="RetrySchedule.MaxAttempts"/> times. Safe for concurrent use.</summary>
/// <remarks>Deliveries run side by side: one that fails, or hangs for more than <see cref="Patience"/>, holds up no other.</remarks>
internal sealed partial class WebhookSender(
    CallbackClient callbacks,
    BusinessNumbers numbers,
    Subscriptions subscriptions,
    Faults faults,
    Tally tally,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    ILogger<WebhookSender> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string PhoneNumberId, string Lane), DeliveryLane> _lanes = new();

    /// <summary>Queues the delivery; its place in its lane is fixed on return.</summary>
    public void Send(WebhookDelivery delivery)
    {
        if (numbers.Find(delivery.PhoneNumberId) is { } number && !subscriptions.Has(number.WabaId))
        {
            return; // Meta sends nothing and says nothing
        }

        bool twice = faults.Take(Fault.Duplicate);
        Queue(delivery);
        if (twice)
        {
            Queue(delivery);
        }
    }

    private void Queue(WebhookDelivery delivery)
    {
        DeliveryLane lane = _lanes.GetOrAdd((delivery.PhoneNumberId, delivery.Lane), _ => new DeliveryLane());
        DeliveryTurn turn = lane.Join(faults.Take(Fault.Reorder));
        tally.DeliveryQueued();
        _ = Task.Run(() => RunAsync(delivery, turn, lifetime.ApplicationStopping), CancellationToken.None);
    }

    private async Task RunAsync(WebhookDelivery delivery, DeliveryTurn turn, CancellationToken stopping)
    {
        try
        {
            await DeliverAsync(delivery, turn, stopping);
        }
        catch (Exception exception) // the top of a background task: logged and counted
        {
            if (!stopping.IsCancellationRequested)
            {
                Log.DeliveryBroke(logger, exception);
                tally.Count(Counted.Abandoned);
            }
        }
        finally
        {
            turn.MarkAttempted();
            tally.DeliveryEnded();
        }
    }

    private async Task DeliverAsync(WebhookDelivery delivery, DeliveryTurn turn, CancellationToken stopping)
    {
        await Task.Delay(faults.Delay, clock, stopping);
        await WaitAtMostAsync(turn.Come, stopping);
        for (int attempt = 1; attempt <= RetrySchedule.MaxAttempts; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(RetrySchedule.After(attempt - 1), clock, stopping);
                tally.Count(Counted.Retried);
            }

            CallbackAnswer answer = numbers.Find(delivery.PhoneNumberId) is { } number
                ? await callbacks.PostAsync(number, delivery.Body, stopping)
                : new CallbackAnswer.Unreachable(ControlCapability.NoSuchNumber);
            int? status = (answer as CallbackAnswer.Answered)?.Status;
            tally.DeliveryAnswered(status);
            if (status == StatusCodes.Status200OK)
            {
                delivery.Delivered();
                tally.Count(Counted.Delivered);
                return;
            }

            turn.MarkAttempted();
            Log.AttemptFailed(logger, attempt, status);
        }

        tally.Count(Counted.Abandoned);
    }

    private async Task WaitAtMostAsync(Task task, CancellationToken stopping)
    {
        try
        {
            await task.WaitAsync(Patience, clock, stopping);
        }
        catch (TimeoutException)
        {
            // The one before hangs; go on without it.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(20001, LogLevel.Debug, "Attempt {Attempt} of a webhook delivery was answered {Status}")]
        public static partial void AttemptFailed(ILogger logger, int attempt, int? status);

        [LoggerMessage(20002, LogLevel.Error, "A webhook delivery broke off")]
        public static partial void DeliveryBroke(ILogger logger, Exception exception);
    }
}
