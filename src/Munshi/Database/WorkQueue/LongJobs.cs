namespace Munshi.Database.WorkQueue;

/// <summary>Jobs that may take longer than a lease: a few at once, beside all others, each lease prolonged while it lasts.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed partial class LongJobs(JobQueue queue, TimeProvider clock, ILogger logger, int atOnce) : IDisposable
{
    private static readonly TimeSpan Prolonging = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(atOnce);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Begins the work and returns, so that no other job waits for it.</summary>
    /// <param name="lease">The job.</param>
    /// <param name="handler">Is asked to give up when it failed for the last time.</param>
    /// <param name="work">Ends the job, or puts it off; cancelled when the lease is lost or the program stops.</param>
    /// <returns>False where there is no place: nothing was begun.</returns>
    public bool TryBegin(JobLease lease, IJobHandler handler, Func<CancellationToken, Task> work)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            return false;
        }

        _ = Task.Run(() => RunAsync(lease, handler, work), CancellationToken.None);
        return true;
    }

    /// <summary>What runs is broken off; its lease runs out, and it is done anew.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        try
        {
            for (int place = 0; place < atOnce; place++)
            {
                await _places.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // What still runs finds its lease lost, or ends with the process.
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _places.Dispose();
    }

    /// <summary>Does one job to its end. Never throws.</summary>
    private async Task RunAsync(JobLease lease, IJobHandler handler, Func<CancellationToken, Task> work)
    {
        using CancellationTokenSource lost = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using CancellationTokenSource done = new();
        Task held = HoldAsync(lease, lost, done.Token);
        try
        {
            await work(lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // The lease runs out, or has.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, lease.Kind, lease.JobId, lease.Attempt, exception.GetType().Name);
            await FailAsync(lease, handler, exception.GetType().Name);
        }
        finally
        {
            await done.CancelAsync();
            await held;
            _places.Release();
        }
    }

    private async Task HoldAsync(JobLease lease, CancellationTokenSource lost, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(Prolonging, clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!done.IsCancellationRequested && !await queue.HoldAsync(lease, done))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or OperationCanceledException)
            {
                // Tried again in time, or not any more.
            }
        }
    }

    private async Task FailAsync(JobLease lease, IJobHandler handler, string failure)
    {
        try
        {
            if (lease.Attempt < JobQueue.MaxAttempts || !await queue.BuryAsync(lease, failure, handler, CancellationToken.None))
            {
                await queue.FailAsync(lease, failure, CancellationToken.None);
            }
        }
        catch (Exception again)
        {
            // The database is away; the lease runs out by itself.
            Log.FailureNotRecorded(logger, lease.JobId, again.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7102, LogLevel.Warning, "Long job {Kind} {JobId} failed at attempt {Attempt}: {Failure}")]
        public static partial void Failed(ILogger logger, string kind, Guid jobId, int attempt, string failure);

        [LoggerMessage(7103, LogLevel.Warning, "The failure of job {JobId} could not be recorded: {Failure}")]
        public static partial void FailureNotRecorded(ILogger logger, Guid jobId, string failure);
    }
}
