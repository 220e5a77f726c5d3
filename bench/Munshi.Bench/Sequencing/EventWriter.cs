using System.Diagnostics;
using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Database;

namespace Munshi.Bench.Sequencing;

/// <summary>Writes audit events as the program does, each the only act of its transaction unless told otherwise.</summary>
internal sealed class EventWriter(RunningMunshi munshi)
{
    /// <summary>What all but the held-open one are called.</summary>
    public const string Action = "bench.written";

    private static readonly byte[] Hash = RandomNumberGenerator.GetBytes(32);

    /// <summary>The backlog: several events a transaction, as an act with many records has.</summary>
    public Task FillAsync(int count, CancellationToken cancellationToken)
    {
        const int AtOnce = 20;
        return Parallel.ForAsync(0, count / AtOnce, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (_, token) =>
            await munshi.Databases.App.ExecuteAsync(munshi.ClientId, [.. Enumerable.Range(0, AtOnce).Select(_ => Event())], token));
    }

    /// <summary>Events of acts that have no record, many as one statement and one transaction.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="count">How many.</param>
    /// <param name="atOnce">In one transaction.</param>
    /// <param name="cancellationToken">Honoured between transactions.</param>
    public Task FillAsync(Guid clientId, int count, int atOnce, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, (count + atOnce - 1) / atOnce, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (batch, token) =>
            await WriteAsync(clientId, Math.Min(atOnce, count - (batch * atOnce)), token));

    /// <summary>Events of acts that have no record, as one statement and one transaction.</summary>
    public async Task WriteAsync(Guid clientId, int count, CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetMicrosecondNow();
        AuditEvent[] events = [.. Enumerable.Range(0, count).Select(_ => new AuditEvent(Actor.Intake, Action, "bench", Guid.CreateVersion7(now), now))];
        await munshi.Databases.App.TransactAsync(
            clientId,
            transaction =>
            {
                AuditTrail.Record(transaction, events);
                return Task.FromResult(true);
            },
            cancellationToken);
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

    private Statement Event(string action = Action) => AuditTrail.Statement(
        munshi.ClientId,
        new AuditEvent(Actor.Intake, action, "message", Guid.CreateVersion7(), TimeProvider.System.GetMicrosecondNow(), Hash, Hash));
}
