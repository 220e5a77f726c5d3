using Munshi.Database;
using Munshi.Web;

namespace Munshi.Audit;

/// <summary>What a page may say of the ledger. It never claims order that no verification has found.</summary>
internal sealed class LedgerGauge(Databases databases, TimeProvider clock)
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

        double lag = await LedgerLag.SecondsAsync(databases, cancellationToken);
        LedgerState state = lag > OrdinaryLagSeconds ? LedgerState.CatchingUp : LedgerState.Unknown;
        _last = new Reading(state, clock.GetTimestamp());
        return state;
    }

    private sealed record Reading(LedgerState State, long At);
}
