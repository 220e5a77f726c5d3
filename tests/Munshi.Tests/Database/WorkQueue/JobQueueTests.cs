using System.Collections.Concurrent;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class JobQueueTests(PostgresTemplate postgres) : QueueTest(postgres)
{
    [Fact]
    public async Task A_claim_takes_as_many_as_asked_the_oldest_first()
    {
        for (int i = 0; i < 30; i++)
        {
            await EnqueueAsync("test");
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        IReadOnlyList<JobLease> first = await Queue.ClaimAsync(7, Cancellation);

        Assert.Equal(7, first.Count);
        Assert.Equal(7, await Database.ScalarAsync<int>("SELECT count(lease)::int FROM (SELECT lease FROM work.job ORDER BY run_at LIMIT 7) oldest"));
    }

    [Fact]
    public async Task Waiting_for_something_outside_does_not_use_up_the_attempts()
    {
        await EnqueueAsync("test");
        for (int waits = 0; waits < JobQueue.MaxAttempts + 3; waits++)
        {
            JobLease lease = Assert.Single(await Queue.ClaimAsync(1, Cancellation));
            await Database.Databases.App.TransactAsync(ClientId, transaction =>
            {
                Jobs.Wait(transaction, lease, Clock.GetUtcNow());
                return Task.FromResult(true);
            }, Cancellation);
        }

        JobLease failed = Assert.Single(await Queue.ClaimAsync(1, Cancellation));
        await Queue.FailAsync(failed, "Test", Cancellation);

        Assert.Equal(1, failed.Attempt);
        Assert.Equal(0, await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));
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
            while (await Queue.ClaimAsync(5, Cancellation) is { Count: > 0 } leases)
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
        JobLease dead = Assert.Single(await Queue.ClaimAsync(1, Cancellation));
        Clock.Advance(JobQueue.LeaseTime - TimeSpan.FromSeconds(1));
        Assert.Empty(await Queue.ClaimAsync(1, Cancellation));
        Clock.Advance(TimeSpan.FromSeconds(2));

        JobLease again = Assert.Single(await Queue.ClaimAsync(1, Cancellation));

        Assert.Equal((dead.JobId, 2), (again.JobId, again.Attempt));
        Assert.Null(await SubjectAsync(dead));
        await Queue.FailAsync(dead, "TooLate", Cancellation);
        Assert.NotNull(await SubjectAsync(again));
    }

    [Fact]
    public async Task A_failed_job_comes_back_ever_later()
    {
        await EnqueueAsync("test");
        for (int attempt = 1; attempt < JobQueue.MaxAttempts; attempt++)
        {
            JobLease lease = Assert.Single(await Queue.ClaimAsync(1, Cancellation));
            await Queue.FailAsync(lease, "Failure", Cancellation);

            TimeSpan delay = await Database.ScalarAsync<DateTime>("SELECT run_at FROM work.job") - Clock.GetUtcNow().UtcDateTime;
            double least = Math.Min(250 * Math.Pow(2, attempt - 1), 600_000);
            Assert.InRange(delay.TotalMilliseconds, least - 1, (least * 1.25) + 1);
            Clock.Advance(delay + TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task A_claim_takes_many_of_the_kinds_that_are_done_together_and_few_of_the_others()
    {
        for (int i = 0; i < 20; i++)
        {
            await EnqueueAsync(i % 2 == 0 ? "together" : "alone");
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        IReadOnlyList<JobLease> claimed = await Queue.ClaimAsync(16, ["together"], 3, 0, Cancellation);

        Assert.Equal((8, 3), (claimed.Count(lease => lease.Kind == "together"), claimed.Count(lease => lease.Kind == "alone")));
        Assert.Equal(11, await Database.ScalarAsync<int>("SELECT count(lease)::int FROM work.job"));
        Assert.Equal(
            3, await Database.ScalarAsync<int>("SELECT count(lease)::int FROM (SELECT lease FROM work.job WHERE kind = 'alone' ORDER BY run_at LIMIT 3) AS oldest"));
    }

    [Fact]
    public async Task A_group_holds_no_job_whose_lease_was_lost()
    {
        await EnqueueAsync("test");
        await EnqueueAsync("test");
        JobLease[] lost = [.. await Queue.ClaimAsync(2, Cancellation)];
        Clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        JobLease again = Assert.Single(await Queue.ClaimAsync(1, Cancellation));

        JobLease[] held = await Database.Databases.App.TransactAsync(
            ClientId, async transaction => (await Jobs.SubjectsAsync(transaction, lost)).Keys.ToArray(), Cancellation);

        Assert.Equal([lost.Single(lease => lease.JobId != again.JobId)], held);
    }

    [Fact]
    public async Task Who_lost_the_lease_buries_nothing()
    {
        await EnqueueAsync("failing");
        JobLease lost = Assert.Single(await Queue.ClaimAsync(1, Cancellation));
        Clock.Advance(JobQueue.LeaseTime + TimeSpan.FromSeconds(1));
        Assert.Single(await Queue.ClaimAsync(1, Cancellation));
        FailingHandler handler = new(_ => { });

        Assert.False(await Queue.BuryAsync(lost, "TooLate", handler, Cancellation));

        Assert.Empty(handler.GivenUp);
        Assert.Equal(0, await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));
    }

    private Task<bool> EnqueueAsync(string kind) => Database.Databases.App.TransactAsync(ClientId, transaction =>
    {
        Jobs.Enqueue(transaction, kind, Guid.NewGuid(), Clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

    private Task<Guid?> SubjectAsync(JobLease lease) =>
        Database.Databases.App.TransactAsync(ClientId, transaction => Jobs.SubjectAsync(transaction, lease), Cancellation);
}
