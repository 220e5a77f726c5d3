using Munshi.Database.Manifest;

namespace Munshi.Database.WorkQueue;

/// <summary>Runs jobs, several at once, woken by the database and looking by itself twice a second.</summary>
internal sealed partial class JobWorker(
    JobQueue queue, IEnumerable<IJobHandler> handlers, DatabaseGate gate, Wakeups wakeups, Precedence precedence, ILogger<JobWorker> logger) : BackgroundService
{
    private const int Concurrency = 12;

    /// <summary>So many jobs at once while deliveries take precedence.</summary>
    private const int ConcurrencyGivingWay = 2;

    /// <summary>So many more are claimed than there are free slots, so that none stands empty while the next are claimed. One that waits past its lease may be claimed by another worker, which fences this one.</summary>
    private const int Ahead = 24;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly SemaphoreSlim _slots = new(Concurrency);
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Claims what is due, if any slot is free, and starts it; returns the number claimed once all have begun.</summary>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        int free = precedence.IsTaken ? _slots.CurrentCount - Concurrency + ConcurrencyGivingWay : _slots.CurrentCount;
        if (!gate.IsOpen || free <= 0)
        {
            return 0;
        }

        IReadOnlyList<JobLease> leases = await queue.ClaimAsync(precedence.IsTaken ? free : free + Ahead, cancellationToken);
        foreach (JobLease lease in leases)
        {
            await _slots.WaitAsync(CancellationToken.None); // what was claimed is done, also when a stop was asked for meanwhile
            _ = RunAsync(lease, _abandoned.Token);
        }

        return leases.Count;
    }

    /// <summary>Claims nothing more and lets what runs come to its end; what has not by the deadline is cancelled, and claimed again when its lease has run out.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            for (int slot = 0; slot < Concurrency; slot++)
            {
                await _slots.WaitAsync(cancellationToken);
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

    private async Task RunAsync(JobLease lease, CancellationToken cancellationToken)
    {
        IJobHandler? handler = _handlers.GetValueOrDefault(lease.Kind);
        try
        {
            if (handler is null)
            {
                await RecordFailureAsync(lease, handler, "NoHandler");
            }
            else
            {
                await handler.HandleAsync(lease, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The stop could wait no longer: the lease runs out and the job is claimed again.
        }
        catch (Exception exception)
        {
            Log.JobFailed(logger, lease.Kind, lease.JobId, lease.Attempt, exception.GetType().Name);
            await RecordFailureAsync(lease, handler, exception.GetType().Name);
        }
        finally
        {
            _slots.Release();
            wakeups.Jobs.Ring();
        }
    }

    private async Task RecordFailureAsync(JobLease lease, IJobHandler? handler, string failure)
    {
        try
        {
            if (lease.Attempt < JobQueue.MaxAttempts)
            {
                await queue.FailAsync(lease, failure, CancellationToken.None);
            }
            else
            {
                await BuryAsync(lease, handler, failure);
            }
        }
        catch (Exception again)
        {
            // The database is away; the lease runs out by itself.
            Log.FailureNotRecorded(logger, lease.JobId, again.GetType().Name);
        }
    }

    /// <summary>A job dies only together with the word about it; while that cannot be written, the job is tried on.</summary>
    private async Task BuryAsync(JobLease lease, IJobHandler? handler, string failure)
    {
        try
        {
            if (await queue.BuryAsync(lease, failure, handler, CancellationToken.None))
            {
                Log.GivenUp(logger, lease.Kind, lease.JobId, lease.Attempt, failure);
            }
        }
        catch (Exception unable)
        {
            Log.NotGivenUp(logger, lease.Kind, lease.JobId, unable.GetType().Name);
            await queue.FailAsync(lease, failure, CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(12001, LogLevel.Warning, "Job {Kind} {JobId} failed at attempt {Attempt}: {Failure}")]
        public static partial void JobFailed(ILogger logger, string kind, Guid jobId, int attempt, string failure);

        [LoggerMessage(12002, LogLevel.Warning, "Jobs could not be claimed: {Failure}")]
        public static partial void ClaimFailed(ILogger logger, string failure);

        [LoggerMessage(12003, LogLevel.Warning, "The failure of job {JobId} could not be recorded: {Failure}")]
        public static partial void FailureNotRecorded(ILogger logger, Guid jobId, string failure);

        [LoggerMessage(12006, LogLevel.Error, "Job {Kind} {JobId} was given up after {Attempt} attempts: {Failure}")]
        public static partial void GivenUp(ILogger logger, string kind, Guid jobId, int attempt, string failure);

        [LoggerMessage(12007, LogLevel.Error, "Job {Kind} {JobId} failed for the last time, and that could not be written down: {Failure}. It is tried on.")]
        public static partial void NotGivenUp(ILogger logger, string kind, Guid jobId, string failure);
    }
}
