using Npgsql;

namespace Munshi.Bench.Sequencing;

/// <summary>How long an event waits for its entry: from the moment it was written until the entry is seen committed, looked at every two milliseconds.</summary>
internal sealed class LagWatch(RunningMunshi munshi)
{
    private readonly List<(DateTimeOffset At, long Last)> _looks = [];

    /// <summary>Looks until told to stop, and then until everything is chained.</summary>
    public async Task WatchAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);
        long target = long.MaxValue;
        for (long last = -1; last < target;)
        {
            last = await ledgers.LastAsync(cancellationToken);
            if (_looks.Count == 0 || _looks[^1].Last != last)
            {
                _looks.Add((TimeProvider.System.GetUtcNow(), last));
            }

            if (target == long.MaxValue && stop.IsCancellationRequested)
            {
                target = await ledgers.TargetAsync(cancellationToken);
            }

            await Task.Delay(2, cancellationToken);
        }
    }

    /// <summary>The lags of what was written between two instants, in milliseconds, ascending.</summary>
    public async Task<double[]> LagsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand read = new(
            """
            SELECT l.seq, v.at FROM ledger.entry l JOIN audit.event v ON v.client_id = l.client_id AND v.id = l.event_id
            WHERE l.client_id = $1 AND l.seq > $2 AND v.action = 'bench.written' AND v.at BETWEEN $3 AND $4
            """,
            admin)
        { Parameters = { new() { Value = munshi.ClientId }, new() { Value = _looks[0].Last }, new() { Value = from }, new() { Value = to } } };
        long[] seen = [.. _looks.Select(look => look.Last)];
        List<double> lags = [];
        await using NpgsqlDataReader reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            int at = Array.BinarySearch(seen, reader.GetInt64(0));
            lags.Add((_looks[at >= 0 ? at : ~at].At - reader.GetFieldValue<DateTimeOffset>(1)).TotalMilliseconds);
        }

        return [.. lags.Order()];
    }
}
