using Munshi.Database.Manifest;

namespace Munshi.Notices;

/// <summary>Looks twice a minute whether a digest is due.</summary>
internal sealed partial class DigestClock(Digests digests, DatabaseGate gate, MailServer server, TimeProvider clock, ILogger<DigestClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!server.IsSetUp)
        {
            Log.NoServer(logger);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (gate.IsOpen)
                {
                    await digests.RaiseDueAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception.GetType().Name);
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(16001, LogLevel.Information, "No mail server is set up (Notices:Smtp:Host): notices are kept and shown, and none is mailed")]
        public static partial void NoServer(ILogger logger);

        [LoggerMessage(16003, LogLevel.Warning, "The digests that are due could not be looked up: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
