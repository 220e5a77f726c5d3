using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Database;
using Munshi.Web;

namespace Munshi.Audit;

/// <summary>What a page may say of the ledger. It never claims order that no verification has found.</summary>
internal sealed class LedgerGauge(Databases databases, VerificationHistory history, VerifiedState verified, CheckpointState signing, TimeProvider clock)
{
    /// <summary>Events younger than this are chained in the ordinary course.</summary>
    private const double OrdinaryLagSeconds = 5;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private Reading? _last;

    /// <summary>At most <see cref="Fresh"/> old.</summary>
    public async ValueTask<LedgerState> StateAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && clock.GetElapsedTime(last.At) < Fresh)
        {
            return last.State;
        }

        LedgerState state = await ReadAsync(cancellationToken);
        _last = new Reading(state, clock.GetTimestamp());
        return state;
    }

    private async Task<LedgerState> ReadAsync(CancellationToken cancellationToken)
    {
        if (verified.Bad is not null || signing.Refusal is not null
            || await history.NewestAsync(VerificationScope.Full, cancellationToken) is { Findings: > 0 })
        {
            return LedgerState.Broken;
        }

        return await LedgerLag.SecondsAsync(databases, cancellationToken) > OrdinaryLagSeconds ? LedgerState.CatchingUp
            : verified.RoundDone ? LedgerState.Intact
            : LedgerState.Unknown;
    }

    private sealed record Reading(LedgerState State, long At);
}
