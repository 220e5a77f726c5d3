using System.Diagnostics;
using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Bench.Sequencing;

/// <summary>Writes audit events as the program does, each the only act of its transaction unless told otherwise.</summary>
internal sealed class EventWriter(RunningMunshi munshi)
{
    private static readonly byte[] Hash = RandomNumberGenerator.GetBytes(32);

    /// <summary>The backlog: several events a transaction, as an act with many records has.</summary>
    public Task FillAsync(int count, CancellationToken cancellationToken)
    {
        const int AtOnce = 20;
        return Parallel.ForAsync(0, count / AtOnce, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (_, token) =>
            await munshi.Databases.App.ExecuteAsync(munshi.ClientId, [.. Enumerable.Range(0, AtOnce).Select(_ => Event())], token));
    }

    /// <summary>Events at even intervals, each written when it is due and with the time at which it was written.</summary>
    public async Task AtRateAsync(double perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        int total = (int)(perSecond * time.TotalSeconds);
        List<Task> writes = new(total);
        while (writes.Count < total)
        {
            int due = (int)Math.Min(total, Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond);
            while (writes.Count < due)
            {
                writes.Add(munshi.Databases.App.ExecuteAsync(munshi.ClientId, [Event()], cancellationToken));
            }

            await Task.Delay(1, cancellationToken);
        }

        await Task.WhenAll(writes);
    }

    /// <summary>Writes an event and keeps its transaction open.</summary>
    /// <returns>From when to when it was open.</returns>
    public Task<(DateTimeOffset From, DateTimeOffset To)> HoldOpenAsync(TimeSpan time, CancellationToken cancellationToken) =>
        munshi.Databases.App.TransactAsync(munshi.ClientId, async transaction =>
        {
            await transaction.ExecuteAsync(Event("bench.held-open"));
            DateTimeOffset from = TimeProvider.System.GetUtcNow();
            await Task.Delay(time, cancellationToken);
            return (from, TimeProvider.System.GetUtcNow());
        }, cancellationToken);

    private Statement Event(string action = "bench.written") => AuditTrail.Statement(
        munshi.ClientId,
        new AuditEvent(Actor.Intake, action, "message", Guid.CreateVersion7(), TimeProvider.System.GetMicrosecondNow(), Hash, Hash));
}
