namespace Munshi.Audit.Checkpoints;

/// <summary>Ticks each second while a log grows, every ten minutes while none does, and once more when the server stops.</summary>
/// <remarks>What is behind is signed without a pause, but not while the sequencer works off a backlog: its entries come first.</remarks>
internal sealed partial class CheckpointService(
    CheckpointSigner signer, CheckpointState state, SequencerLoad sequencer, TimeProvider clock, ILogger<CheckpointService> logger) : BackgroundService
{
    /// <summary>Between two ticks while logs grow.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    /// <summary>Between two ticks while none does.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TickAsync(cancellationToken);
        await signer.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause = await TickAsync(stoppingToken);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> TickAsync(CancellationToken cancellationToken)
    {
        (string? before, string? waitedFor) = (state.Refusal, state.Waiting);
        try
        {
            TickOutcome outcome = await signer.TickAsync(Idle, cancellationToken);
            if (outcome is TickOutcome.Refused refused && refused.Reason != before)
            {
                Log.Refused(logger, refused.Reason);
            }

            if (outcome is TickOutcome.Waiting waiting && waiting.For != waitedFor)
            {
                Log.Waiting(logger, waiting.For);
            }

            return outcome switch
            {
                TickOutcome.Published { IsBehind: true } when !sequencer.IsDraining => TimeSpan.Zero,
                TickOutcome.Refused or TickOutcome.Waiting => AfterFailure,
                _ => Busy,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure);
            return AfterFailure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1005, LogLevel.Critical, "Nothing is signed any more: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(1006, LogLevel.Error, "A checkpoint could not be made; the next attempt follows in 5 s")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(1011, LogLevel.Warning, "The first signature after this start is {For}; everything else goes on")]
        public static partial void Waiting(ILogger logger, string @for);
    }
}
