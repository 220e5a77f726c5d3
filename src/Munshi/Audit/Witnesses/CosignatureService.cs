using Munshi.Audit.Checkpoints;
using Npgsql;

namespace Munshi.Audit.Witnesses;

/// <summary>Hands every published checkpoint to every witness, each at its own pace; those that a newer one overtakes are left out. Signing never waits for it.</summary>
internal sealed partial class CosignatureService(WitnessLinks links, CheckpointState state, TimeProvider clock, ILogger<CosignatureService> logger) : BackgroundService
{
    /// <summary>Between two looks at whether there is something to hand over.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait after failures, each of which doubles it.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(links.All.Select(link => KeepUpAsync(link, stoppingToken)));

    private async Task KeepUpAsync(WitnessLink link, CancellationToken cancellationToken)
    {
        TimeSpan pause = Pace;
        string? trouble = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            string? found = await StepAsync(link, cancellationToken);
            if (found is not null && trouble is null)
            {
                Log.NotCosigning(logger, link.Name, found);
            }
            else if (found is null && trouble is not null)
            {
                Log.CosigningAgain(logger, link.Name);
            }

            trouble = found;
            pause = found is null ? Pace : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <returns>What stands in the way; null where nothing does.</returns>
    private async Task<string?> StepAsync(WitnessLink link, CancellationToken cancellationToken)
    {
        if (state.WitnessRefusal is not null || links.Newest is not { } newest || link.Last?.Size >= newest.Checkpoint.Size)
        {
            return null;
        }

        try
        {
            SubmitOutcome outcome = await links.SubmitAsync(link, newest, cancellationToken);
            if (state.WitnessRefusal is { } refusal)
            {
                Log.Refused(logger, refusal);
            }

            return outcome is SubmitOutcome.NotCosigned not ? not.Reason : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (SigningRefusedException refused)
        {
            Log.Refused(logger, refused.Message);
            return null;
        }
        catch (NpgsqlException failure)
        {
            Log.DatabaseAway(logger, failure);
            return "could not be asked, as the database is away";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(17010, LogLevel.Critical, "Nothing is signed any more: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(17011, LogLevel.Warning, "No cosignature: the witness {Witness} {Reason}; it is asked again, after longer and longer pauses up to 5 minutes")]
        public static partial void NotCosigning(ILogger logger, string witness, string reason);

        [LoggerMessage(17012, LogLevel.Information, "The witness {Witness} cosigns again")]
        public static partial void CosigningAgain(ILogger logger, string witness);

        [LoggerMessage(17013, LogLevel.Warning, "A cosignature could not be stored, as the database is away")]
        public static partial void DatabaseAway(ILogger logger, Exception failure);
    }
}
