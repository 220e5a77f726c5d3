namespace Munshi.Keyring;

/// <summary>Keeps the pool filled, so that nobody waits for a key to be made and escrowed.</summary>
internal sealed partial class KeyPoolFiller(KeyCustodian custodian, ILogger<KeyPoolFiller> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Run(custodian.Replenish, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception.GetType().Name);
            }

            await Task.WhenAny(Task.Delay(Interval, stoppingToken));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6101, LogLevel.Error, "The key pool could not be filled: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
