using Munshi.Database.Manifest;

namespace Munshi.Database.WorkQueue;

/// <summary>Runs jobs, several at once, woken by the database and looking by itself twice a second.</summary>
internal sealed partial class JobWorker(
    JobQueue queue, JobRunner runner, DatabaseGate gate, Wakeups wakeups, Precedence precedence, ILogger<JobWorker> logger) : BackgroundService
{
    private const int Concurrency = 12;

    /// <summary>So many jobs at once while deliveries take precedence.</summary>
    private const int ConcurrencyGivingWay = 2;

    /// <summary>So many jobs in bulk besides: they wait for their turn at Meta most of the time.</summary>
    private const int BulkConcurrency = 24;

    /// <summary>So many groups besides.</summary>
    private const int Groups = 3;

    /// <summary>So many more are claimed than there are free slots, so that none stands empty while the next are claimed. One that waits past its lease may be claimed by another worker, which fences this one.</summary>
    private const int Ahead = 24;

    /// <summary>So many are claimed at once where those that can be done together are waiting in numbers, and none while so many stand in lines.</summary>
    private const int Crowd = 512;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _slots = new(Concurrency);
    private readonly SemaphoreSlim _groupSlots = new(Groups);
    private readonly SemaphoreSlim _bulkSlots = new(BulkConcurrency);
    private readonly JobLines _lines = new(runner);
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Whether the last claim was more than half of what it could be, and mostly of jobs that can be done together.</summary>
    private bool _isCrowded;

    /// <summary>Claims what is due, if any slot is free, and starts it; returns the number claimed once each has begun or stands in its line.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        bool givesWay = precedence.IsTaken;
        int free = givesWay ? _slots.CurrentCount - Concurrency + ConcurrencyGivingWay - _lines.Waiting : _slots.CurrentCount;
        if (!gate.IsOpen || free <= 0 || _lines.Waiting >= Crowd)
        {
            return 0;
        }

        int singles = givesWay ? free : free + Ahead;
        int most = _isCrowded && !givesWay ? Crowd : singles;
        IReadOnlyList<JobLease> leases = await queue.ClaimAsync(most, runner.GroupedKinds, singles, givesWay ? 0 : _bulkSlots.CurrentCount, cancellationToken);
        ILookup<bool, JobLease> grouped = leases.Where(lease => !lease.IsBulk).ToLookup(runner.IsGrouped);
        int ordinary = grouped.Sum(kind => kind.Count());
        _isCrowded = ordinary * 2 > most && grouped[true].Count() * 2 > ordinary;
        _lines.Add(grouped[true], RunPartAsync);
        foreach (JobLease bulk in leases.Where(lease => lease.IsBulk))
        {
            await _bulkSlots.WaitAsync(CancellationToken.None);
            _ = RunAsync([bulk], _bulkSlots);
        }

        foreach (JobLease single in grouped[false])
        {
            await _slots.WaitAsync(CancellationToken.None); // what was claimed is done, also when a stop was asked for meanwhile
            _ = RunAsync([single], _slots);
        }

        return leases.Count;
    }

    /// <summary>Claims nothing more and lets what runs come to its end; what has not by the deadline is cancelled, and claimed again when its lease has run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _lines.EndAsync().WaitAsync(cancellationToken);
            for (int slot = 0; slot < Concurrency; slot++)
            {
                await _slots.WaitAsync(cancellationToken);
            }

            for (int slot = 0; slot < BulkConcurrency; slot++)
            {
                await _bulkSlots.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await _abandoned.CancelAsync();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _abandoned.Dispose();
        _slots.Dispose();
        _groupSlots.Dispose();
        _bulkSlots.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Task woken = wakeups.Jobs.NextAsync();
                if (await RunDueAsync(stoppingToken) == 0)
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
                Log.ClaimFailed(logger, exception.GetType().Name);
                await Task.WhenAny(Task.Delay(LookAgain, stoppingToken));
            }
        }
    }

    private async Task RunPartAsync(int size, Func<IReadOnlyList<JobLease>> take)
    {
        SemaphoreSlim slots = size == 1 ? _slots : _groupSlots;
        await slots.WaitAsync(CancellationToken.None);
        await RunAsync(take(), slots);
    }

    private async Task RunAsync(IReadOnlyList<JobLease> together, SemaphoreSlim slots)
    {
        try
        {
            await runner.RunAsync(together, _abandoned.Token);
        }
        finally
        {
            slots.Release();
            wakeups.Jobs.Ring();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(12002, LogLevel.Warning, "Jobs could not be claimed: {Failure}")]
        public static partial void ClaimFailed(ILogger logger, string failure);
    }
}
