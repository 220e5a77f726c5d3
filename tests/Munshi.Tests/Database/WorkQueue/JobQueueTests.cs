using System.Collections.Concurrent;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class JobQueueTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private readonly Guid _clientId = Guid.NewGuid();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private JobQueue _queue = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CloneAsync();
        _queue = new JobQueue(_database.Databases, _clock);
        await _database.AsSuperuserAsync(
            $"INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{_clientId}', 'test', '\\x00', now())");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_claim_takes_as_many_as_asked_the_oldest_first()
    {
        for (int i = 0; i < 30; i++)
        {
            await EnqueueAsync("test");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        IReadOnlyList<JobLease> first = await _queue.ClaimAsync(7, Cancellation);

        Assert.Equal(7, first.Count);
        Assert.Equal(7, await _database.ScalarAsync<int>("SELECT count(lease)::int FROM (SELECT lease FROM work.job ORDER BY run_at LIMIT 7) oldest"));
    }

    [Fact]
    public async Task Waiting_for_something_outside_does_not_use_up_the_attempts()
    {
        await EnqueueAsync("test");
        for (int waits = 0; waits < JobQueue.MaxAttempts + 3; waits++)
        {
            JobLease lease = Assert.Single(await _queue.ClaimAsync(1, Cancellation));
            await _database.Databases.App.TransactAsync(_clientId, transaction =>
            {
                Jobs.Wait(transaction, lease, _clock.GetUtcNow());
                return Task.FromResult(true);
            }, Cancellation);
        }

        JobLease failed = Assert.Single(await _queue.ClaimAsync(1, Cancellation));
        await _queue.FailAsync(failed, "Test", Cancellation);

        Assert.Equal(1, failed.Attempt);
        Assert.Equal(0, await _database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));
    }

    [Fact]
    public async Task Claims_at_once_never_share_a_job()
    {
        for (int i = 0; i < 200; i++)
        {
            await EnqueueAsync("test");
        }

        ConcurrentBag<Guid> claimed = [];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (await _queue.ClaimAsync(5, Cancellation) is { Count: > 0 } leases)
            {
                foreach (JobLease lease in leases)
                {
                    claimed.Add(lease.JobId);
                }
            }
        }));

        Assert.Equal(200, claimed.Distinct().Count());
        Assert.Equal(200, claimed.Count);
    }

    [Fact]
    public async Task A_job_whose_worker_died_is_claimed_again_after_the_lease_and_the_old_claim_can_do_nothing()
    {
        await EnqueueAsync("test");
        JobLease dead = Assert.Single(await _queue.ClaimAsync(1, Cancellation));
        _clock.Advance(JobQueue.LeaseTime - TimeSpan.FromSeconds(1));
        Assert.Empty(await _queue.ClaimAsync(1, Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(2));

        JobLease again = Assert.Single(await _queue.ClaimAsync(1, Cancellation));

        Assert.Equal((dead.JobId, 2), (again.JobId, again.Attempt));
        Assert.Null(await SubjectAsync(dead));
        await _queue.FailAsync(dead, "TooLate", Cancellation);
        Assert.NotNull(await SubjectAsync(again));
    }

    [Fact]
    public async Task A_failed_job_comes_back_ever_later()
    {
        await EnqueueAsync("test");
        for (int attempt = 1; attempt < JobQueue.MaxAttempts; attempt++)
        {
            JobLease lease = Assert.Single(await _queue.ClaimAsync(1, Cancellation));
            await _queue.FailAsync(lease, "Failure", Cancellation);

            TimeSpan delay = await _database.ScalarAsync<DateTime>("SELECT run_at FROM work.job") - _clock.GetUtcNow().UtcDateTime;
            double least = Math.Min(250 * Math.Pow(2, attempt - 1), 600_000);
            Assert.InRange(delay.TotalMilliseconds, least - 1, (least * 1.25) + 1);
            _clock.Advance(delay + TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task A_claim_takes_many_of_the_kinds_that_are_done_together_and_few_of_the_others()
    {
        for (int i = 0; i < 20; i++)
        {
            await EnqueueAsync(i % 2 == 0 ? "together" : "alone");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        IReadOnlyList<JobLease> claimed = await _queue.ClaimAsync(16, ["together"], 3, Cancellation);

        Assert.Equal((8, 3), (claimed.Count(lease => lease.Kind == "together"), claimed.Count(lease => lease.Kind == "alone")));
        Assert.Equal(11, await _database.ScalarAsync<int>("SELECT count(lease)::int FROM work.job"));
        Assert.Equal(
            3, await _database.ScalarAsync<int>("SELECT count(lease)::int FROM (SELECT lease FROM work.job WHERE kind = 'alone' ORDER BY run_at LIMIT 3) AS oldest"));
    }

    [Fact]
    public async Task A_group_holds_no_job_whose_lease_was_lost()
    {
        await EnqueueAsync("test");
        await EnqueueAsync("test");
        JobLease[] lost = [.. await _queue.ClaimAsync(2, Cancellation)];
        _clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        JobLease again = Assert.Single(await _queue.ClaimAsync(1, Cancellation));

        JobLease[] held = await _database.Databases.App.TransactAsync(
            _clientId, async transaction => (await Jobs.SubjectsAsync(transaction, lost)).Keys.ToArray(), Cancellation);

        Assert.Equal([lost.Single(lease => lease.JobId != again.JobId)], held);
    }

    [Fact]
    public async Task Who_lost_the_lease_buries_nothing()
    {
        await EnqueueAsync("failing");
        JobLease lost = Assert.Single(await _queue.ClaimAsync(1, Cancellation));
        _clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        Assert.Single(await _queue.ClaimAsync(1, Cancellation));
        FailingHandler handler = new(_ => { });

        Assert.False(await _queue.BuryAsync(lost, "TooLate", handler, Cancellation));

        Assert.Empty(handler.GivenUp);
        Assert.Equal(0, await _database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));
    }

    private Task<bool> EnqueueAsync(string kind) => _database.Databases.App.TransactAsync(_clientId, transaction =>
    {
        Jobs.Enqueue(transaction, kind, Guid.NewGuid(), _clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

    private Task<Guid?> SubjectAsync(JobLease lease) =>
        _database.Databases.App.TransactAsync(_clientId, transaction => Jobs.SubjectAsync(transaction, lease), Cancellation);
}
