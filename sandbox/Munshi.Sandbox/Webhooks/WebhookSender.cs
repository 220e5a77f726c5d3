using System.Collections.Concurrent;
using System.Security.Cryptography;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Webhooks;

/// <summary>Delivers webhooks until each is answered 200, at most <see cref="RetrySchedule.MaxAttempts"/> times. Safe for concurrent use.</summary>
/// <remarks>Deliveries run side by side: one that fails, or hangs for more than <see cref="Patience"/>, holds up no other.</remarks>
internal sealed partial class WebhookSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>All batches of a number share a lane: one may hold updates of several conversations.</summary>
    private const string BatchLane = "";

    private readonly ConcurrentDictionary<(string PhoneNumberId, string Lane), DeliveryLane> _lanes = new();
    private readonly CallbackClient _callbacks;
    private readonly BusinessNumbers _numbers;
    private readonly Subscriptions _subscriptions;
    private readonly Faults _faults;
    private readonly Tally _tally;
    private readonly TimeProvider _clock;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<WebhookSender> _logger;
    private readonly WebhookBatches _batches;

    public WebhookSender(
        CallbackClient callbacks,
        BusinessNumbers numbers,
        Subscriptions subscriptions,
        Faults faults,
        Tally tally,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        ILogger<WebhookSender> logger)
    {
        (_callbacks, _numbers, _subscriptions, _faults, _tally) = (callbacks, numbers, subscriptions, faults, tally);
        (_clock, _lifetime, _logger) = (clock, lifetime, logger);
        _batches = new WebhookBatches(count => count >= faults.Number(FaultNumber.BatchSize), SendBatch, clock);
    }

    /// <summary>Queues the update; its place in its lane is fixed on return.</summary>
    public void Send(WebhookDelivery update)
    {
        if (_numbers.Find(update.PhoneNumberId) is { } number && !_subscriptions.Has(number.WabaId))
        {
            return; // Meta sends nothing and says nothing
        }

        bool twice = _faults.Take(Fault.Duplicate);
        Queue(update);
        if (twice)
        {
            _tally.Count(Counted.Duplicated);
            Queue(update);
        }
    }

    private void Queue(WebhookDelivery update)
    {
        if (_faults.Number(FaultNumber.BatchSize) == 1)
        {
            _tally.DeliveryQueued();
            Start(update, _faults.Take(Fault.Reorder));
        }
        else
        {
            _tally.DeliveryQueued();
            if (!_batches.Add(update, _lifetime.ApplicationStopping))
            {
                _tally.DeliveryEnded(); // it goes with the one queued before
            }
        }
    }

    private void SendBatch(IReadOnlyList<WebhookDelivery> updates)
    {
        bool reorder = _faults.Take(Fault.Reorder);
        IReadOnlyList<WebhookDelivery> inOrder = reorder ? [.. updates.Reverse()] : updates;
        Start(
            new WebhookDelivery
            {
                PhoneNumberId = updates[0].PhoneNumberId,
                Lane = BatchLane,
                Body = WebhookEnvelope.Merge([.. inOrder.Select(update => update.Body)]),
                Updates = updates.Count,
                Delivered = () =>
                {
                    foreach (WebhookDelivery update in inOrder)
                    {
                        update.Delivered();
                    }
                },
            },
            reorder);
    }

    private void Start(WebhookDelivery delivery, bool reorder)
    {
        if (reorder)
        {
            _tally.Count(Counted.Reordered);
        }

        DeliveryTurn turn = _lanes.GetOrAdd((delivery.PhoneNumberId, delivery.Lane), _ => new DeliveryLane()).Join(reorder);
        _ = Task.Run(() => RunAsync(delivery, turn, _lifetime.ApplicationStopping), CancellationToken.None);
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
                Log.DeliveryBroke(_logger, exception);
                _tally.Count(Counted.Abandoned);
            }
        }
        finally
        {
            turn.MarkAttempted();
            _tally.DeliveryEnded();
        }
    }

    private async Task DeliverAsync(WebhookDelivery delivery, DeliveryTurn turn, CancellationToken stopping)
    {
        int jitter = _faults.Number(FaultNumber.DelayJitterMs);
        int delay = _faults.Number(FaultNumber.DelayMs) + (jitter == 0 ? 0 : RandomNumberGenerator.GetInt32(jitter + 1));
        await Task.Delay(TimeSpan.FromMilliseconds(delay), _clock, stopping);
        if (jitter == 0)
        {
            await WaitAtMostAsync(turn.Come, stopping);
        }

        for (int attempt = 1; attempt <= RetrySchedule.MaxAttempts; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(RetrySchedule.After(attempt - 1), _clock, stopping);
                _tally.Count(Counted.Retried);
            }

            _tally.Count(Counted.Sent);
            CallbackAnswer answer = _numbers.Find(delivery.PhoneNumberId) is { } number
                ? await _callbacks.PostAsync(number, delivery.Body, stopping)
                : new CallbackAnswer.Unreachable(ControlCapability.NoSuchNumber);
            int? status = (answer as CallbackAnswer.Answered)?.Status;
            _tally.DeliveryAnswered(status);
            if (status == StatusCodes.Status200OK)
            {
                delivery.Delivered();
                _tally.Count(Counted.Delivered);
                for (int update = 0; update < delivery.Updates; update++)
                {
                    _tally.Count(Counted.Updated);
                }

                return;
            }

            turn.MarkAttempted();
            Log.AttemptFailed(_logger, attempt, status);
        }

        _tally.Count(Counted.Abandoned);
    }

    private async Task WaitAtMostAsync(Task task, CancellationToken stopping)
    {
        try
        {
            await task.WaitAsync(Patience, _clock, stopping);
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
