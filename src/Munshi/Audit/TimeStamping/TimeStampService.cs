namespace Munshi.Audit.TimeStamping;

/// <summary>Looks each minute whether a time stamp is due; after a failure, a quarter of an hour later. Does nothing where no authority is configured.</summary>
internal sealed partial class TimeStampService(TimeStamps stamps, TimeProvider clock, ILogger<TimeStampService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = TimeSpan.FromSeconds(5);
        while (stamps.IsConfigured)
        {
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            pause = await StepAsync(stoppingToken) ? Pause : AfterFailure;
        }
    }

    /// <returns>False where there was a failure.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            TimeStampOutcome? outcome = await stamps.StampAsync(cancellationToken);
            if (outcome is TimeStampOutcome.Failed failed)
            {
                Log.NotStamped(logger, failed.Reason);
            }

            return outcome is not TimeStampOutcome.Failed;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.Broken(logger, failure);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1040, LogLevel.Warning, "No time stamp: {Reason}; it is asked again in 15 minutes, and signing goes on")]
        public static partial void NotStamped(ILogger logger, string reason);

        [LoggerMessage(1041, LogLevel.Warning, "A time stamp could not be asked for or stored")]
        public static partial void Broken(ILogger logger, Exception failure);
    }
}
