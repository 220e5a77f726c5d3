namespace Munshi.Database.WorkQueue;

/// <summary>Notices that the machine's clock was set back, and brings forward by as much what was put off by the clock as it was: nothing waits for a time to come a second time.</summary>
/// <remarks>A clock that is set on needs nothing: what was put off is due the earlier. Where several processes notice it, what waits may be due too early, and each job is safe to do then.</remarks>
internal sealed partial class ClockWatch(Databases databases, TimeProvider clock, ILogger<ClockWatch> logger) : BackgroundService
{
    private const string Newest = "SELECT max(created_at) FROM work.job WHERE dead_at IS NULL";

    private const string Waiting = "SELECT DISTINCT client_id FROM work.job WHERE dead_at IS NULL";

    private const string BringForward =
        """
        UPDATE work.job SET run_at = run_at - make_interval(secs => $3), leased_until = leased_until - make_interval(secs => $3)
        WHERE client_id = $1 AND dead_at IS NULL AND (run_at > $2 OR leased_until > $2)
        """;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Clocks that are kept right are moved by less.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private (DateTimeOffset Wall, long Mark)? _last;

    /// <summary>Compares the clock with the time that passed since the last look, at the first with the newest job. Not safe for concurrent use.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        long mark = clock.GetTimestamp();
        DateTimeOffset? expected = _last is { } last
            ? last.Wall + clock.GetElapsedTime(last.Mark, mark)
            : await databases.Dispatch.RowAsync(new Statement(Newest), reader => reader.ValueOrNull<DateTimeOffset>(0), cancellationToken);
        TimeSpan back = (expected ?? now) - now;
        if (back > Tolerance)
        {
            Log.SetBack(logger, back);
            foreach (Guid clientId in await databases.Dispatch.RowsAsync(new Statement(Waiting), reader => reader.GetGuid(0), cancellationToken))
            {
                await databases.App.ExecuteAsync(clientId, [new Statement(BringForward).Uuid(clientId).Time(now).Number(back.TotalSeconds)], cancellationToken);
            }
        }

        _last = (now, mark);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or OperationCanceledException)
            {
                Log.NotLooked(logger, exception.GetType().Name); // the next look compares with the one before this
            }

            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(12009, LogLevel.Warning, "The clock was set back by {Back}; what waits for a time is brought forward by as much")]
        public static partial void SetBack(ILogger logger, TimeSpan back);

        [LoggerMessage(12010, LogLevel.Warning, "Whether the clock was set back could not be looked at: {Failure}")]
        public static partial void NotLooked(ILogger logger, string failure);
    }
}
