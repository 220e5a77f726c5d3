using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Npgsql;

namespace Munshi.Intake;

/// <summary>Makes deliveries durable, many to a commit: whatever arrived while the last batch was committing is the next batch.</summary>
internal sealed partial class DeliveryWriter(
    Databases databases, Precedence precedence, IOptions<IntakeOptions> options, ILogger<DeliveryWriter> logger) : BackgroundService
{
    private const int Waiting = 4096;
    private const int LargestBatch = 512;

    /// <summary>So many deliveries arrive during one commit only where they come as fast as they can be acknowledged.</summary>
    private const int Crowd = 8;

    /// <summary>A batch ends at this size, so that one statement stays well below PostgreSQL's limits.</summary>
    private const int LargestBatchBytes = 32 * 1024 * 1024;

    private static readonly string StoreDeliveries = Sql.Read("Intake/store_deliveries.sql");

    private readonly Channel<Item> _channel = Channel.CreateBounded<Item>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly long _mostWaitingBytes = options.Value.MostWaitingBytes;
    private long _waitingBytes;

    /// <summary>True once the delivery is durable; false when it is not kept and the sender must try again.</summary>
    public Task<bool> StoreAsync(SealedDelivery delivery)
    {
        Item item = new(delivery);
        int bytes = delivery.Body.Length;
        if (Interlocked.Add(ref _waitingBytes, bytes) <= _mostWaitingBytes && _channel.Writer.TryWrite(item))
        {
            return item.Stored.Task;
        }

        Interlocked.Add(ref _waitingBytes, -bytes);
        return Task.FromResult(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Item> batch = [];
        try
        {
            while (await _channel.Reader.WaitToReadAsync(stoppingToken))
            {
                Fill(batch);
                if (batch.Count >= Crowd)
                {
                    precedence.Take();
                }

                await WriteAsync(batch);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is still waiting was not acknowledged; it is written or refused below.
        }

        _channel.Writer.TryComplete();
        while (_channel.Reader.TryPeek(out _))
        {
            Fill(batch);
            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private void Fill(List<Item> batch)
    {
        int bytes = 0;
        while (batch.Count < LargestBatch && bytes < LargestBatchBytes && _channel.Reader.TryRead(out Item? item))
        {
            batch.Add(item);
            bytes += item.Delivery.Body.Length;
        }
    }

    private async Task WriteAsync(List<Item> batch)
    {
        Attempt attempt = await TryInsertAsync(batch);
        foreach (Item item in batch)
        {
            // One bad row must not fail its neighbours. A row that was committed after all comes back as a duplicate update.
            bool stored = attempt switch
            {
                Attempt.Stored => true,
                Attempt.RowRefused when batch.Count > 1 => await TryInsertAsync([item]) == Attempt.Stored,
                _ => false,
            };
            Interlocked.Add(ref _waitingBytes, -item.Delivery.Body.Length);
            item.Stored.SetResult(stored);
        }
    }

    private async Task<Attempt> TryInsertAsync(IReadOnlyList<Item> items)
    {
        try
        {
            await databases.Intake.ExecuteAsync(
                new Statement(StoreDeliveries)
                    .Uuids([.. items.Select(item => item.Delivery.Id)])
                    .Uuids([.. items.Select(item => item.Delivery.AppId)])
                    .Times([.. items.Select(item => item.Delivery.ReceivedAt)])
                    .Uuids([.. items.Select(item => item.Delivery.KeyId)])
                    .BytesArray([.. items.Select(item => item.Delivery.Body)]),
                Notifications.Deliveries,
                CancellationToken.None);
            return Attempt.Stored;
        }
        catch (Exception exception)
        {
            Log.NotStored(logger, items.Count, exception.GetType().Name);
            return exception is PostgresException { SqlState: ['2', '2' or '3', ..] } ? Attempt.RowRefused : Attempt.DatabaseAway;
        }
    }

    private enum Attempt
    {
        Stored,

        /// <summary>SQLSTATE class 22 or 23: the data of some row.</summary>
        RowRefused,

        DatabaseAway,
    }

    private sealed record Item(SealedDelivery Delivery)
    {
        /// <summary>Continuations run elsewhere: a request must not run on the writer's thread.</summary>
        public TaskCompletionSource<bool> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "{Count} deliveries could not be stored: {Failure}")]
        public static partial void NotStored(ILogger logger, int count, string failure);
    }
}
