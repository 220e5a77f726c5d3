using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class JobWorkerTests(PostgresTemplate postgres) : QueueTest(postgres)
{
    [Fact]
    public async Task A_job_that_failed_for_the_last_time_lies_among_the_dead_letters_and_its_handler_has_said_so()
    {
        await EnqueueAsync("failing");
        FailingHandler handler = new(_ => { });
        await FailToTheEndAsync(handler, JobQueue.MaxAttempts);

        Assert.Equal("12 InvalidOperationException", await Database.ScalarAsync<string>("SELECT attempts || ' ' || last_error FROM work.dead_letter"));
        Assert.Equal(await Database.ScalarAsync<Guid>("SELECT subject FROM work.job"), Assert.Single(handler.GivenUp));
        Assert.Empty(await Queue.ClaimAsync(1, Cancellation));
    }

    [Fact]
    public async Task A_job_does_not_die_before_its_handler_could_say_so()
    {
        await EnqueueAsync("failing");
        FailingHandler handler = new(times => Assert.True(times > 1));
        await FailToTheEndAsync(handler, JobQueue.MaxAttempts);
        Assert.Equal(0, await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.dead_letter"));

        await FailToTheEndAsync(handler, 1);

        Assert.Equal((2, 13), (handler.GivenUp.Count, await Database.ScalarAsync<int>("SELECT attempts FROM work.dead_letter")));
    }

    [Fact]
    public async Task A_job_of_an_unknown_kind_ends_among_the_dead_letters()
    {
        await EnqueueAsync("nobody.knows");
        using JobWorker worker = await WorkerAsync([]);
        for (int attempt = 1; attempt <= JobQueue.MaxAttempts; attempt++)
        {
            await worker.RunDueAsync(Cancellation);
            await Sandbox.Eventually.TrueAsync(async () => await Database.ScalarAsync<int>(
                $"SELECT count(*)::int FROM work.job WHERE attempts = {attempt} AND lease IS NULL") == 1);
            Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal("NoHandler", await Database.ScalarAsync<string>("SELECT last_error FROM work.dead_letter"));
    }

    [Fact]
    public async Task Two_workers_never_run_one_job_at_once()
    {
        CountingHandler handler = new(Database.Databases.App);
        using JobWorker one = await WorkerAsync([handler]);
        using JobWorker other = await WorkerAsync([handler]);
        for (int i = 0; i < 100; i++)
        {
            await EnqueueAsync("test");
        }

        await Sandbox.Eventually.TrueAsync(async () =>
        {
            await Task.WhenAll(one.RunDueAsync(Cancellation), other.RunDueAsync(Cancellation));
            return await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job") == 0;
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
        await handler.Started.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Task stopping = worker.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        handler.Finish();
        await stopping.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.True(handler.Ended);
    }

    [Fact]
    public async Task While_deliveries_take_precedence_two_jobs_run_at_once_instead_of_twelve()
    {
        SlowHandler handler = new();
        Precedence precedence = new(Clock);
        using JobWorker worker = await WorkerAsync([handler], precedence);
        for (int i = 0; i < 14; i++)
        {
            await EnqueueAsync("slow");
        }

        precedence.Take();
        int givingWay = await worker.RunDueAsync(Cancellation) + await worker.RunDueAsync(Cancellation);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Task<int> afterwards = worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Running == 12));
        Assert.False(afterwards.IsCompleted); // the thirteenth and fourteenth are claimed and wait for a slot
        handler.Finish();

        Assert.Equal((2, 12), (givingWay, await afterwards));
    }

    [Fact]
    public async Task Many_jobs_alike_are_done_together_and_what_a_group_leaves_is_done_alone()
    {
        GroupHandler handler = new(Database.Databases.App, leases => leases[..^3]);
        using JobWorker worker = await WorkerAsync([handler]);
        for (int i = 0; i < 30; i++)
        {
            await EnqueueAsync("group");
        }

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(async () => await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job") == 0);

        Assert.Equal([10, 10, 10], handler.Groups);
        Assert.Equal(9, handler.Alone);
    }

    [Fact]
    public async Task Where_a_group_fails_each_of_its_jobs_is_tried_alone()
    {
        GroupHandler handler = new(Database.Databases.App, _ => throw new InvalidOperationException("together it fails"));
        using JobWorker worker = await WorkerAsync([handler]);
        for (int i = 0; i < 10; i++)
        {
            await EnqueueAsync("group");
        }

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(async () => await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job") == 0);

        Assert.Equal(10, handler.Alone);
    }

    [Fact]
    public async Task A_few_are_not_worth_a_group()
    {
        GroupHandler handler = new(Database.Databases.App, leases => leases);
        using JobWorker worker = await WorkerAsync([handler]);
        for (int i = 0; i < JobRunner.FewestTogether - 1; i++)
        {
            await EnqueueAsync("group");
        }

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(async () => await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job") == 0);

        Assert.Equal((0, JobRunner.FewestTogether - 1), (handler.Groups.Count, handler.Alone));
    }

    private async Task FailToTheEndAsync(FailingHandler handler, int attempts)
    {
        using JobWorker worker = await WorkerAsync([handler]);
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            await worker.RunDueAsync(Cancellation);
            await Sandbox.Eventually.TrueAsync(async () => await Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job WHERE lease IS NULL") == 1);
            Clock.Advance(TimeSpan.FromMinutes(15));
        }
    }

    private async Task<JobWorker> WorkerAsync(IEnumerable<IJobHandler> handlers, Precedence? precedence = null)
    {
        DatabaseGate gate = new(Database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        return new JobWorker(Queue, new JobRunner(Queue, handlers, NullLogger<JobRunner>.Instance), gate, new Wakeups(Database.Databases, gate, NullLogger<Wakeups>.Instance), precedence ?? new Precedence(Clock), NullLogger<JobWorker>.Instance);
    }

    private Task<bool> EnqueueAsync(string kind) => Database.Databases.App.TransactAsync(ClientId, transaction =>
    {
        Jobs.Enqueue(transaction, kind, Guid.NewGuid(), Clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

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

    private sealed class SlowHandler : IJobHandler
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;

        public string Kind => "slow";

        public Task Started => _started.Task;

        public int Running => Volatile.Read(ref _running);

        public bool Ended { get; private set; }

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public void Finish() => _finish.SetResult();

        public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
        {
            _started.TrySetResult();
            Interlocked.Increment(ref _running);
            await _finish.Task.WaitAsync(cancellationToken);
            Ended = true;
        }
    }

    /// <param name="database">Where the jobs are completed.</param>
    /// <param name="choose">Those of a group that are done together.</param>
    private sealed class GroupHandler(WorkspaceDatabase database, Func<JobLease[], JobLease[]> choose) : IJobGroupHandler
    {
        private int _alone;

        public string Kind => "group";

        public int MostTogether => 10;

        public ConcurrentBag<int> Groups { get; } = [];

        public int Alone => Volatile.Read(ref _alone);

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _alone);
            await CompleteAsync([lease], cancellationToken);
        }

        public async Task<IReadOnlyList<IReadOnlyList<JobLease>>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        {
            JobLease[] chosen = choose([.. leases]);
            Groups.Add(leases.Count);
            await CompleteAsync(chosen, cancellationToken);
            return [.. leases.Except(chosen).Chunk(1)];
        }

        private Task<bool> CompleteAsync(JobLease[] leases, CancellationToken cancellationToken) =>
            database.TransactAsync(leases[0].ClientId, async transaction =>
            {
                Jobs.Complete(transaction, (await Jobs.SubjectsAsync(transaction, leases)).Keys);
                return true;
            }, cancellationToken);
    }
}
