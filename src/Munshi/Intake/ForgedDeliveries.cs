namespace Munshi.Intake;

/// <summary>Tells of deliveries whose signature does not match: at most one line a second, whoever sends how many. Safe for concurrent use.</summary>
internal sealed partial class ForgedDeliveries(TimeProvider clock, ILogger<ForgedDeliveries> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _toldAt;
    private long _untold;

    /// <summary>Counts one; says so with those that came since the last line, unless that was less than a second ago.</summary>
    public void Count(Guid app)
    {
        DateTimeOffset now = clock.GetUtcNow();
        long untold;
        lock (_gate)
        {
            _untold++;
            if ((now - _toldAt).Duration() < Pause)
            {
                return;
            }

            _toldAt = now;
            untold = _untold;
            _untold = 0;
        }

        Log.SignatureRejected(logger, untold, app);
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Warning, "Refused {Count} deliveries since the last such line, whose signature does not match; the newest was for app {AppId}")]
        public static partial void SignatureRejected(ILogger logger, long count, Guid appId);
    }
}
