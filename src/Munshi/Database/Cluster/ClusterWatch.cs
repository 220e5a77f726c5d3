namespace Munshi.Database.Cluster;

/// <summary>Starts PostgreSQL again when its main process has ended while the server runs.</summary>
internal sealed partial class ClusterWatch(ClusterLease lease, TimeProvider clock, ILogger<ClusterWatch> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    /// <summary>Looks every <see cref="ClusterLease.Interval"/> until cancelled; after each failure or repeated end it waits twice as long.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = ClusterLease.Interval;
        long pruned = clock.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            pause = await LookAsync(pause, cancellationToken);
            if (clock.GetElapsedTime(pruned) > PruneInterval)
            {
                lease.PruneLog();
                pruned = clock.GetTimestamp();
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> LookAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            switch (await lease.EnsureRunningAsync(cancellationToken))
            {
                case ClusterHealth.Restarted:
                    Log.Restarted(logger);
                    return Longer(pause);
                case ClusterHealth.Refused refused:
                    Log.NotRestarted(logger, refused.Reason, refused.Sentence);
                    return Longer(pause);
                default:
                    return ClusterLease.Interval;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return pause;
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static partial class Log
    {
        [LoggerMessage(5105, LogLevel.Warning, "PostgreSQL had ended and was started again")]
        public static partial void Restarted(ILogger logger);

        [LoggerMessage(5106, LogLevel.Error, "PostgreSQL has ended and cannot be started ({Reason}): {Sentence}")]
        public static partial void NotRestarted(ILogger logger, ClusterRefusal reason, string sentence);
    }
}
