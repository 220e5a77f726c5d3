using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>Records the heads that changed, each second and once more when the server stops.</summary>
internal sealed partial class HeadsService(
    LedgerHeads heads, HeadsFile file, TimeProvider clock, ILogger<HeadsService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Durable once it returns; what cannot be written now is kept for the next time.</summary>
    public void RecordOnce()
    {
        IReadOnlyDictionary<Guid, LogHead> changed = heads.Take();
        if (changed.Count == 0)
        {
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        bool afterLoss = heads.AfterLoss && file.IsBlank;
        try
        {
            file.Append([.. changed.Select(head => new RecordedHead(now, head.Key, head.Value.Seq, head.Value.RowHash))], afterLoss);
            heads.AfterLoss = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            heads.PutBack(changed);
            Log.Failed(logger, failure, changed.Count);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        RecordOnce();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            RecordOnce();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1003, LogLevel.Error, "The heads of {LogCount} logs could not be recorded; they follow in a second")]
        public static partial void Failed(ILogger logger, Exception failure, int logCount);
    }
}
