namespace Munshi.Audit;

/// <summary>Runs the sequencer: at once while there is work, then ever more slowly down to five looks a second.</summary>
internal sealed partial class SequencerService(
    Sequencer sequencer, SequencerLoad load, TimeProvider clock, ILogger<SequencerService> logger) : BackgroundService
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetryPause = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await sequencer.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = BusyPause;
        TimeSpan retryPause = IdlePause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                int chained = await sequencer.DrainOnceAsync(stoppingToken);
                retryPause = IdlePause;
                pause = chained > 0 ? BusyPause : Shorter(pause * 2, IdlePause);
                if (chained < SequencerSession.BatchSize)
                {
                    await Task.Delay(pause, clock, stoppingToken);
                }
                else
                {
                    load.BatchWasFull();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.Failed(logger, failure, retryPause.TotalMilliseconds);
                await Task.Delay(retryPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retryPause = Shorter(retryPause * 2, LongestRetryPause);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Error, "Chaining the ledger failed; the next attempt follows in {PauseMs} ms")]
        public static partial void Failed(ILogger logger, Exception failure, double pauseMs);
    }
}
