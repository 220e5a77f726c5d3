namespace Munshi.Database.Manifest;

/// <summary>Compares the database with the manifest again and again, so that a promise weakened while the server runs closes the gate too.</summary>
internal sealed partial class GateKeeper(DatabaseGate gate, ILogger<GateKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Interval, stoppingToken));
            try
            {
                await gate.CheckAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.NotCompared(logger, exception.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5003, LogLevel.Warning, "The database could not be compared, the last result stands: {Failure}")]
        public static partial void NotCompared(ILogger logger, string failure);
    }
}
