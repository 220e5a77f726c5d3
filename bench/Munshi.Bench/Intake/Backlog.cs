using System.Diagnostics;
using Npgsql;

namespace Munshi.Bench.Intake;

/// <summary>What was acknowledged and is not done yet.</summary>
internal sealed class Backlog(RunningMunshi munshi)
{
    private const string IsDone =
        """
        SELECT NOT EXISTS (SELECT FROM intake.delivery WHERE sorted_at IS NULL)
            AND NOT EXISTS (SELECT FROM work.job WHERE dead_at IS NULL)
            AND NOT EXISTS (
                SELECT FROM audit.event e
                WHERE e.id > (SELECT coalesce(max(event_id), 0) - 20000 FROM ledger.entry)
                    AND NOT EXISTS (SELECT FROM ledger.entry l WHERE l.event_id = e.id))
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Waits until every delivery is sorted, every job done and every event chained; the seconds it took.</summary>
    public async Task<double> DrainAsync(CancellationToken cancellationToken)
    {
        Stopwatch waited = Stopwatch.StartNew();
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand look = new(IsDone, admin);
        while (!(bool)(await look.ExecuteScalarAsync(cancellationToken))!)
        {
            if (waited.Elapsed > Longest)
            {
                throw new InvalidOperationException("The backlog was not drained within ten minutes.");
            }

            await Task.Delay(1000, cancellationToken); // the look itself costs
        }

        return waited.Elapsed.TotalSeconds;
    }

    /// <summary>How many messages of customers stand in the vault.</summary>
    public async Task<long> StoredAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand count = new("SELECT count(*) FROM vault.message WHERE direction = 'in'", admin);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }
}
