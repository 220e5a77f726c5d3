using System.Security.Cryptography;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Intake;

/// <summary>Takes deliveries apart and sorts each update to the workspaces it concerns. The one part that sees several workspaces, and it does nothing else.</summary>
internal sealed partial class DeliverySorter(
    Databases databases, KeyCustodian custodian, Numbers numbers, NumberAccounts accounts, QuarantineRelease release, DatabaseGate gate, Wakeups wakeups, Precedence precedence, TimeProvider clock, ILogger<DeliverySorter> logger)
    : BackgroundService
{
    private const int AtOnce = 128;

    /// <summary>One transaction writes so much; a larger delivery has its own.</summary>
    private const int LargestBatchBytes = 1024 * 1024;

    /// <summary>So many deliveries that cannot be sorted are named in the log; what follows them is only told of.</summary>
    internal const int MostNamed = 1000;

    private const string Unsorted =
        """
        SELECT id, app_id, received_at, key_id, body_sealed FROM intake.delivery
        WHERE sorted_at IS NULL AND (received_at, id) > ($1, $2)
        ORDER BY received_at, id
        LIMIT $3
        """;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private static readonly (DateTimeOffset ReceivedAt, Guid Id) Start = (DateTimeOffset.UnixEpoch, Guid.Empty);

    /// <summary>Behind what the next look begins; what was sorted before it still stands in the index until it is vacuumed.</summary>
    private (DateTimeOffset ReceivedAt, Guid Id) _passed = Start;

    /// <summary>Which were told of as not sorted: each is tried with every look, and told of once.</summary>
    private readonly HashSet<Guid> _named = [];
    private bool _toldOfMore;

    /// <summary>Sorts a page of what is waiting; returns the number of deliveries sorted. Not safe for concurrent use.</summary>
    public async Task<int> SortAsync(CancellationToken cancellationToken)
    {
        while (gate.IsOpen)
        {
            IReadOnlyList<SealedDelivery> waiting = await WaitingAsync(cancellationToken);
            int written = await SortAsync(waiting, cancellationToken);
            bool isEnd = waiting.Count < AtOnce;
            _passed = isEnd ? Start : (waiting[^1].ReceivedAt, waiting[^1].Id); // however many cannot be sorted, what is behind them is reached
            if (isEnd || written > 0)
            {
                return written;
            }
        }

        return 0;
    }

    private Task<IReadOnlyList<SealedDelivery>> WaitingAsync(CancellationToken cancellationToken) =>
        databases.Sorter.RowsAsync(
            new Statement(Unsorted).Time(_passed.ReceivedAt).Uuid(_passed.Id).Int(AtOnce),
            SealedDelivery.Read,
            cancellationToken);

    private async Task<int> SortAsync(IReadOnlyList<SealedDelivery> waiting, CancellationToken cancellationToken)
    {
        int sorted = 0;
        int bytes = 0;
        List<SortedDelivery> batch = [];
        foreach (SealedDelivery delivery in waiting)
        {
            if (batch.Count > 0 && bytes + delivery.Body.Length > LargestBatchBytes)
            {
                sorted += await WriteAsync(batch, cancellationToken);
                batch.Clear();
                bytes = 0;
            }

            if (await TrySortAsync(delivery, cancellationToken) is { } taken)
            {
                batch.Add(taken);
                bytes += delivery.Body.Length;
            }
        }

        return sorted + await WriteAsync(batch, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Task woken = wakeups.Deliveries.NextAsync();
                if (await SortAsync(stoppingToken) == 0)
                {
                    await Task.WhenAny(woken, Task.Delay(LookAgain, stoppingToken));
                }

                if (precedence.IsTaken)
                {
                    await Task.Delay(Precedence.Pause, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.SortingFailed(logger, exception.GetType().Name);
                await Task.WhenAny(Task.Delay(LookAgain, stoppingToken));
            }
        }
    }

    /// <summary>One delivery that cannot be sorted does not hold up the others; it stays and is tried again.</summary>
    private async Task<SortedDelivery?> TrySortAsync(SealedDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            SortedDelivery sorted = await SortAsync(delivery, cancellationToken);
            if (sorted.Problem is not null || sorted.QuarantinedCount > 0)
            {
                sorted.AppOwner = await numbers.OwnerOfAppAsync(delivery.AppId, cancellationToken);
            }

            return sorted;
        }
        catch (Exception exception) when (exception is not (NpgsqlException or OperationCanceledException))
        {
            TellNotSorted(delivery.Id, exception.GetType().Name);
            return null;
        }
    }

    /// <summary>Writes many in one transaction, each on its own where the database refuses one of them; returns how many.</summary>
    private async Task<int> WriteAsync(List<SortedDelivery> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return 0;
        }

        try
        {
            await databases.Sorter.ExecuteAsync(SortedDelivery.Statement(batch, clock.GetUtcNow()), Notifications.Work, cancellationToken);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            int written = 0;
            foreach (SortedDelivery sorted in batch)
            {
                written += await WriteAsync([sorted], cancellationToken);
            }

            return written;
        }
        catch (PostgresException refused) when (refused.SqlState is ['2', '2' or '3', ..])
        {
            TellNotSorted(batch[0].DeliveryId, refused.SqlState);
            return 0;
        }

        foreach (SortedDelivery sorted in batch)
        {
            if (sorted.Problem is { } problem)
            {
                Log.Unusable(logger, sorted.DeliveryId, problem);
            }

            if (sorted.QuarantinedCount > 0)
            {
                Log.Quarantined(logger, sorted.QuarantinedCount, sorted.DeliveryId);
                if (sorted.AppOwner is { } owner)
                {
                    await release.LookAgainAsync(owner, sorted.DeliveryId, sorted.QuarantinedOrdinals, cancellationToken);
                }
            }
        }

        return batch.Count;
    }

    private void TellNotSorted(Guid deliveryId, string failure)
    {
        if (_named.Count < MostNamed)
        {
            if (_named.Add(deliveryId))
            {
                Log.NotSorted(logger, deliveryId, failure);
            }
        }
        else if (!_toldOfMore && !_named.Contains(deliveryId))
        {
            _toldOfMore = true;
            Log.MoreNotSorted(logger, MostNamed);
        }
    }

    private async Task<SortedDelivery> SortAsync(SealedDelivery delivery, CancellationToken cancellationToken)
    {
        if (custodian.Find(delivery.KeyId) is not { } key)
        {
            return new SortedDelivery(delivery, new KeyMaterial(RandomNumberGenerator.GetBytes(KeyMaterial.Length))) { Problem = "key-gone" };
        }

        byte[] body;
        try
        {
            body = SealedValue.Open(key, SealedDelivery.Context(delivery.Id), delivery.Body);
        }
        catch (CryptographicException)
        {
            return new SortedDelivery(delivery, key) { Problem = "altered" };
        }

        if (WebhookEnvelope.Read(body) is not EnvelopeOutcome.Updates updates)
        {
            return new SortedDelivery(delivery, key) { Problem = "malformed" };
        }

        SortedDelivery sorted = new(delivery, key);
        UpdateRoutes routes = new(numbers, accounts, delivery.AppId);
        foreach (WebhookUpdate update in updates.Items)
        {
            (IReadOnlyList<Guid> workspaces, string reason) = await routes.OfAsync(update, cancellationToken);
            foreach (Guid workspace in workspaces)
            {
                sorted.Route(workspace, update);
            }

            if (workspaces.Count == 0)
            {
                sorted.Quarantine(update, reason);
            }
        }

        return sorted;
    }

    private static partial class Log
    {
        [LoggerMessage(2202, LogLevel.Error, "Delivery {DeliveryId} is kept and cannot be used: {Problem}")]
        public static partial void Unusable(ILogger logger, Guid deliveryId, string problem);

        [LoggerMessage(2203, LogLevel.Warning, "{Count} updates of delivery {DeliveryId} name no number of ours and are quarantined")]
        public static partial void Quarantined(ILogger logger, int count, Guid deliveryId);

        [LoggerMessage(2204, LogLevel.Error, "Delivery {DeliveryId} could not be sorted and is tried again and again: {Failure}")]
        public static partial void NotSorted(ILogger logger, Guid deliveryId, string failure);

        [LoggerMessage(2205, LogLevel.Error, "More than {Count} deliveries could not be sorted; the others are tried again and again too, and are not named")]
        public static partial void MoreNotSorted(ILogger logger, int count);

        [LoggerMessage(2201, LogLevel.Warning, "Deliveries could not be sorted: {Failure}")]
        public static partial void SortingFailed(ILogger logger, string failure);
    }
}
