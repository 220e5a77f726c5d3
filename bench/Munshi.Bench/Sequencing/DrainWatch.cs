using System.Diagnostics;
using Npgsql;

namespace Munshi.Bench.Sequencing;

/// <summary>How fast the server's sequencer chains what was written while it was held. It goes by commit order, so the first and the last event tell of all.</summary>
internal sealed class DrainWatch(RunningMunshi munshi)
{
    private const string ReadNewest = "SELECT coalesce(max(id), 0) FROM audit.event";
    private const string ReadFirst = "SELECT id FROM audit.event WHERE id > $1 ORDER BY xid, id LIMIT 1";
    private const string ReadLast = "SELECT id FROM audit.event WHERE id > $1 ORDER BY xid DESC, id DESC LIMIT 1";
    private const string IsChained = "SELECT EXISTS (SELECT FROM ledger.entry WHERE event_id = $1)";
    private const string Count = "SELECT count(*) FROM ledger.entry WHERE event_id > $1";

    /// <summary>Events a second, from the first batch that is seen to the last event.</summary>
    /// <param name="count">How many are written.</param>
    /// <param name="write">Writes them while the sequencer is held; nothing else writes any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<double> RunAsync(int count, Func<Task> write, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        long before, first, last;
        await using (await SequencerPause.BeginAsync(munshi, cancellationToken))
        {
            before = await LongAsync(admin, ReadNewest, null, cancellationToken);
            await write();
            first = await LongAsync(admin, ReadFirst, before, cancellationToken);
            last = await LongAsync(admin, ReadLast, before, cancellationToken);
        }

        long released = Stopwatch.GetTimestamp();
        await WaitAsync(admin, first, cancellationToken);
        long began = Stopwatch.GetTimestamp();
        long chained = await LongAsync(admin, Count, before, cancellationToken);
        await WaitAsync(admin, last, cancellationToken);
        long ended = Stopwatch.GetTimestamp();
        long all = await LongAsync(admin, Count, before, cancellationToken);
        if (chained == all)
        {
            (chained, began) = (0, released); // all at the first look: too few to leave out how the sequencer takes its lock again
        }

        return all >= count
            ? (all - chained) / Stopwatch.GetElapsedTime(began, ended).TotalSeconds
            : throw new InvalidOperationException($"{all} of {count} events had their entries when the last one had.");
    }

    private static async Task WaitAsync(NpgsqlConnection admin, long eventId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand look = new(IsChained, admin) { Parameters = { new() { Value = eventId } } };
        while (!(bool)(await look.ExecuteScalarAsync(cancellationToken))!)
        {
            await Task.Delay(2, cancellationToken);
        }
    }

    private static async Task<long> LongAsync(NpgsqlConnection admin, string sql, long? parameter, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand command = new(sql);
        if (parameter is { } value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using NpgsqlBatch batch = admin.CreateBatch();
        batch.BatchCommands.Add(command);
        return (long)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }
}
