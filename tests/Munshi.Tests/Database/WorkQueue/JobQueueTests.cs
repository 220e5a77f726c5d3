using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database;
using Munshi.Database.Manifest;
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
    public async Task A_job_that_failed_for_the_last_time_lies_among_the_dead_letters_and_its_handler_has_said_so()
    {
        await EnqueueAsync("failing");
        FailingHandler handler = new(_ => { });
        await FailToTheEndAsync(handler, JobQueue.MaxAttempts);

        Assert.Equal("12 InvalidOperationException", await _database.ScalarAsync<string>("SELECT attempts || ' ' || last_error FROM work.dead_letter"));
        Assert.Equal(await _database.ScalarAsync<Guid>("SELECT subject FROM work.job"), Assert.Single(handler.GivenUp));
        Assert.Empty(await _queue.ClaimAsync(1, Cancellation));
    }

    [Fact]
    public async Task A_job_does_not_die_before_its_handler_could_say_so()
    {
        await EnqueueAsync("failing");
        FailingHandler handler = new(times => Assert.True(times > 1));
        await FailToTheEndAsync(handler, JobQueue.MaxAttempts);
        Assert.Equal(0, await _database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));

        await FailToTheEndAsync(handler, 1);

        Assert.Equal((2, 13), (handler.GivenUp.Count, await _database.ScalarAsync<int>("SELECT attempts FROM work.dead_letter")));
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

    [Fact]
    public async Task A_job_of_an_unknown_kind_ends_among_the_dead_letters()
    {
        await EnqueueAsync("nobody.knows");
        using JobWorker worker = await WorkerAsync([]);
        for (int attempt = 1; attempt <= JobQueue.MaxAttempts; attempt++)
        {
            await worker.RunDueAsync(Cancellation);
            await Sandbox.Eventually.TrueAsync(async () => await _database.ScalarAsync<int>(
                $"SELECT count(*)::int FROM work.job WHERE attempts = {attempt} AND lease IS NULL") == 1);
            _clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal("NoHandler", await _database.ScalarAsync<string>("SELECT last_error FROM work.dead_letter"));
    }

    [Fact]
    public async Task Two_workers_never_run_one_job_at_once()
    {
        CountingHandler handler = new(_database.Databases.App);
        using JobWorker one = await WorkerAsync([handler]);
        using JobWorker other = await WorkerAsync([handler]);
        for (int i = 0; i < 100; i++)
        {
            await EnqueueAsync("test");
        }

        await Sandbox.Eventually.TrueAsync(async () =>
        {
            await Task.WhenAll(one.RunDueAsync(Cancellation), other.RunDueAsync(Cancellation));
            return await _database.ScalarAsync<int>("SELECT count(*)::int FROM work.job") == 0;
        });

        Assert.Equal((100, 100), (handler.Runs.Count, handler.Runs.Distinct().Count()));
    }

    [Fact]
    public async Task A_stop_waits_for_what_runs()
    {
        SlowHandler handler = new();
        using JobWorker worker = await WorkerAsync([handler]);
        await EnqueueAsync("slow");
        await worker.StartAsync(Cancellation);
        await handler.Started.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Task stopping = worker.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        handler.Finish();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        Assert.True(handler.Ended);
    }

    [Fact]
    public async Task While_deliveries_take_precedence_two_jobs_run_at_once_instead_of_twelve()
    {
        SlowHandler handler = new();
        Precedence precedence = new(_clock);
        using JobWorker worker = await WorkerAsync([handler], precedence);
        for (int i = 0; i < 14; i++)
        {
            await EnqueueAsync("slow");
        }

        precedence.Take();
        int givingWay = await worker.RunDueAsync(Cancellation) + await worker.RunDueAsync(Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        int afterwards = await worker.RunDueAsync(Cancellation);
        handler.Finish();

        Assert.Equal((2, 10), (givingWay, afterwards));
    }

    private async Task FailToTheEndAsync(FailingHandler handler, int attempts)
    {
        using JobWorker worker = await WorkerAsync([handler]);
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            await worker.RunDueAsync(Cancellation);
            await Sandbox.Eventually.TrueAsync(async () => await _database.ScalarAsync<int>("SELECT count(*)::int FROM work.job WHERE lease IS NULL") == 1);
            _clock.Advance(TimeSpan.FromMinutes(15));
        }
    }

    private async Task<JobWorker> WorkerAsync(IEnumerable<IJobHandler> handlers, Precedence? precedence = null)
    {
        DatabaseGate gate = new(_database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        return new JobWorker(_queue, handlers, gate, new Wakeups(_database.Databases, gate, NullLogger<Wakeups>.Instance), precedence ?? new Precedence(_clock), NullLogger<JobWorker>.Instance);
    }

    private Task<bool> EnqueueAsync(string kind) => _database.Databases.App.TransactAsync(_clientId, transaction =>
    {
        Jobs.Enqueue(transaction, kind, Guid.NewGuid(), _clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

    private Task<Guid?> SubjectAsync(JobLease lease) =>
        _database.Databases.App.TransactAsync(_clientId, transaction => Jobs.SubjectAsync(transaction, lease), Cancellation);

    private sealed class CountingHandler(WorkspaceDatabase database) : IJobHandler
    {
        public string Kind => "test";

        public ConcurrentBag<Guid> Runs { get; } = [];

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
        {
            Runs.Add(lease.JobId);
            return database.TransactAsync(lease.ClientId, async transaction =>
            {
                if (await Jobs.SubjectAsync(transaction, lease) is not null)
                {
                    Jobs.Complete(transaction, lease);
                }

                return true;
            }, cancellationToken);
        }
    }

    /// <param name="givingUp">Told how often it was asked to give up.</param>
    private sealed class FailingHandler(Action<int> givingUp) : IJobHandler
    {
        public string Kind => "failing";

        public ConcurrentQueue<Guid> GivenUp { get; } = [];

        public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
        {
            GivenUp.Enqueue(subject);
            givingUp(GivenUp.Count);
            return Task.CompletedTask;
        }
    }

    private sealed class SlowHandler : IJobHandler
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => "slow";

        public Task Started => _started.Task;

        public bool Ended { get; private set; }

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public void Finish() => _finish.SetResult();

        public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
        {
            _started.TrySetResult();
            await _finish.Task.WaitAsync(cancellationToken);
            Ended = true;
        }
    }
}
