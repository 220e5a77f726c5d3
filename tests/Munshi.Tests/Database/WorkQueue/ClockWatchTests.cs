using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class ClockWatchTests(PostgresTemplate postgres) : QueueTest(postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SettableClock _wall = new(Noon);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_due_by_a_clock_since_set_back_is_due_and_what_waits_waits_as_long_as_it_was_to(bool whileRunning)
    {
        using ClockWatch watch = Watch();
        if (whileRunning)
        {
            await watch.LookAsync(Cancellation);
        }

        await EnqueueAsync("due", Noon);
        await EnqueueAsync("later", Noon + TimeSpan.FromMinutes(10));
        _wall.Now = Noon - TimeSpan.FromHours(1);
        JobQueue queue = new(Database.Databases, _wall);
        Assert.Empty(await queue.ClaimAsync(9, Cancellation));

        await watch.LookAsync(Cancellation);

        Assert.Equal("due", Assert.Single(await queue.ClaimAsync(9, Cancellation)).Kind);
        _wall.Now += TimeSpan.FromMinutes(9);
        Assert.DoesNotContain(await queue.ClaimAsync(9, Cancellation), lease => lease.Kind == "later");
        _wall.Now += TimeSpan.FromMinutes(1.5);
        Assert.Equal("later", Assert.Single(await queue.ClaimAsync(9, Cancellation), lease => lease.Kind == "later").Kind);
    }

    [Fact]
    public async Task A_claim_whose_worker_died_before_the_clock_was_set_back_runs_out_in_its_time()
    {
        using ClockWatch watch = Watch();
        await watch.LookAsync(Cancellation);
        await EnqueueAsync("due", Noon);
        JobQueue queue = new(Database.Databases, _wall);
        Assert.Single(await queue.ClaimAsync(9, Cancellation));
        _wall.Now = Noon - TimeSpan.FromDays(1);

        await watch.LookAsync(Cancellation);
        _wall.Now += JobQueue.LeaseTime + TimeSpan.FromSeconds(1);

        Assert.Equal(2, Assert.Single(await queue.ClaimAsync(9, Cancellation)).Attempt);
    }

    [Fact]
    public async Task A_clock_that_runs_or_is_set_on_moves_nothing()
    {
        using ClockWatch watch = Watch();
        await watch.LookAsync(Cancellation);
        await EnqueueAsync("later", Noon + TimeSpan.FromHours(2));

        _wall.Now = Noon + TimeSpan.FromHours(1);
        await watch.LookAsync(Cancellation);
        _wall.Now -= TimeSpan.FromSeconds(1);
        await watch.LookAsync(Cancellation);

        Assert.Equal(Noon + TimeSpan.FromHours(2), await Database.ScalarAsync<DateTime>("SELECT run_at FROM work.job"));
    }

    private ClockWatch Watch() => new(Database.Databases, _wall, NullLogger<ClockWatch>.Instance);

    private Task<bool> EnqueueAsync(string kind, DateTimeOffset runAt) => Database.Databases.App.TransactAsync(ClientId, transaction =>
    {
        Jobs.Enqueue(transaction, kind, Guid.NewGuid(), _wall.Now, runAt);
        return Task.FromResult(true);
    }, Cancellation);
}
