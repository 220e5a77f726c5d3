using System.Diagnostics;
using Npgsql;

namespace Munshi.Bench.Groups;

/// <summary>Waits until so many acts of one kind, after those that were there, have their entries.</summary>
internal sealed class ChainedCount : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly NpgsqlConnection _admin;
    private readonly NpgsqlCommand _chained;
    private readonly NpgsqlCommand _last;
    private long _entries;

    private ChainedCount(NpgsqlConnection admin, NpgsqlCommand chained, NpgsqlCommand last, long entries) =>
        (_admin, _chained, _last, _entries) = (admin, chained, last, entries);

    public static async Task<ChainedCount> BeginAsync(RunningMunshi munshi, string action, CancellationToken cancellationToken)
    {
        NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        NpgsqlCommand newest = new("SELECT coalesce(max(id), 0) FROM audit.event WHERE client_id = $1", admin) { Parameters = { new() { Value = munshi.ClientId } } };
        NpgsqlCommand last = new("SELECT coalesce(max(seq), -1) FROM ledger.entry WHERE client_id = $1", admin) { Parameters = { new() { Value = munshi.ClientId } } };
        await using (newest)
        {
            NpgsqlCommand chained = new(
                """
                SELECT count(*) FROM audit.event v JOIN ledger.entry l ON l.event_id = v.id
                WHERE v.client_id = $1 AND v.id > $2 AND v.action = $3
                """,
                admin)
            {
                Parameters = { new() { Value = munshi.ClientId }, new() { Value = (long)(await newest.ExecuteScalarAsync(cancellationToken))! }, new() { Value = action } },
            };
            await chained.PrepareAsync(cancellationToken);
            await last.PrepareAsync(cancellationToken);
            return new ChainedCount(admin, chained, last, (long)(await last.ExecuteScalarAsync(cancellationToken))!);
        }
    }

    /// <summary>The log's length is looked at every 5 ms; the acts themselves are counted only once it has grown enough for all.</summary>
    public async Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            long last = (long)(await _last.ExecuteScalarAsync(cancellationToken))!;
            if (last - _entries >= count)
            {
                long missing = count - (long)(await _chained.ExecuteScalarAsync(cancellationToken))!;
                if (missing <= 0)
                {
                    return;
                }

                _entries = last + missing - count; // not all that came were of this kind
            }

            if (waited.Elapsed > Longest)
            {
                throw new InvalidOperationException($"{count} acts were not all chained within {Longest.TotalMinutes} minutes.");
            }

            await Task.Delay(5, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _chained.DisposeAsync();
        await _last.DisposeAsync();
        await _admin.DisposeAsync();
    }
}
