using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class JobOrderTests(PostgresTemplate postgres) : QueueTest(postgres)
{
    [Fact]
    public async Task Jobs_that_come_as_one_are_claimed_in_their_order_wherever_their_rows_lie()
    {
        Guid[] subjects = [.. Enumerable.Range(0, 600).Select(_ => Guid.NewGuid())];
        await Database.AsSuperuserAsync(
            $"INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) SELECT '{ClientId}', gen_random_uuid(), 'gone', gen_random_uuid(), now(), now() FROM generate_series(1, 600)");
        await Database.AsSuperuserAsync("DELETE FROM work.job WHERE ctid > '(0,20)' AND (ctid::text::point)[1]::int % 2 = 0");
        await Database.AsSuperuserAsync("VACUUM work.job");
        await Database.AsSuperuserAsync("DELETE FROM work.job");
        await EnqueueAsync(subjects);

        IReadOnlyList<JobLease> leases = [.. await Queue.ClaimAsync(300, Cancellation), .. await Queue.ClaimAsync(300, Cancellation)];

        Assert.Equal(subjects, await SubjectsAsync(leases));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(26)]
    public async Task Jobs_of_a_kind_done_together_are_done_in_the_order_in_which_they_were_enqueued_be_they_few_or_many(int count)
    {
        OrderlyHandler handler = new(Database.Databases.App);
        using JobWorker worker = await WorkerAsync(handler);
        Guid[] subjects = [.. Enumerable.Range(0, count + 2).Select(_ => Guid.NewGuid())];
        await EnqueueAsync(subjects[..count]);

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Begun == 1));
        await EnqueueAsync(subjects[count..]);
        await worker.RunDueAsync(Cancellation);
        handler.Finish();
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Done.Length == count + 2));

        Assert.Equal(1, handler.MostAtOnce);
        Assert.Equal(subjects, handler.Done);
    }

    [Fact]
    public async Task What_a_group_leaves_is_done_line_by_line_each_in_its_order()
    {
        OrderlyHandler handler = new(Database.Databases.App) { Leaves = true };
        using JobWorker worker = await WorkerAsync(handler);
        Guid[] subjects = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];
        await EnqueueAsync(subjects);

        handler.Finish();
        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Done.Length == 10));

        Assert.Equal(subjects, handler.Done);
    }

    [Fact]
    public async Task One_workspace_does_not_wait_for_the_line_of_another()
    {
        OrderlyHandler handler = new(Database.Databases.App);
        using JobWorker worker = await WorkerAsync(handler);
        await EnqueueAsync([Guid.NewGuid()]);
        await EnqueueAsync([Guid.NewGuid()], await AddWorkspaceAsync());

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.MostAtOnce == 2));
        handler.Finish();
    }

    [Fact]
    public async Task A_stop_waits_for_what_stands_in_a_line()
    {
        OrderlyHandler handler = new(Database.Databases.App);
        using JobWorker worker = await WorkerAsync(handler);
        await EnqueueAsync([Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()]);
        await worker.RunDueAsync(Cancellation);

        Task stopping = worker.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        handler.Finish();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(3, handler.Done.Length);
    }

    private async Task<JobWorker> WorkerAsync(IJobHandler handler)
    {
        DatabaseGate gate = new(Database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        return new JobWorker(
            Queue, new JobRunner(Queue, [handler], NullLogger<JobRunner>.Instance), gate, new Wakeups(Database.Databases, gate, NullLogger<Wakeups>.Instance), new Precedence(Clock), NullLogger<JobWorker>.Instance);
    }

    private async Task<Guid> AddWorkspaceAsync()
    {
        Guid other = Guid.NewGuid();
        await Database.AsSuperuserAsync($"INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{other}', 'other', '\\x00', now())");
        return other;
    }

    private Task<bool> EnqueueAsync(Guid[] subjects) => EnqueueAsync(subjects, ClientId);

    private Task<bool> EnqueueAsync(Guid[] subjects, Guid clientId) => Database.Databases.App.TransactAsync(clientId, transaction =>
    {
        Jobs.Enqueue(transaction, "group", subjects, Clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

    private async Task<Guid[]> SubjectsAsync(IReadOnlyList<JobLease> leases) => await Database.Databases.App.TransactAsync(ClientId, async transaction =>
    {
        IReadOnlyDictionary<JobLease, Guid> subjects = await Jobs.SubjectsAsync(transaction, leases);
        return leases.Select(lease => subjects[lease]).ToArray();
    }, Cancellation);

    private sealed class OrderlyHandler(WorkspaceDatabase database) : IJobGroupHandler
    {
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<Guid> _done = [];
        private int _running;
        private int _begun;

        public string Kind => "group";

        public int MostTogether => 10;

        /// <summary>Whether a group does nothing and leaves all in one line.</summary>
        public bool Leaves { get; init; }

        public int Begun => Volatile.Read(ref _begun);

        public int MostAtOnce { get; private set; }

        public Guid[] Done => [.. _done];

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public void Finish() => _finish.SetResult();

        public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => DoAsync([lease], cancellationToken);

        public async Task<IReadOnlyList<IReadOnlyList<JobLease>>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        {
            if (!Leaves)
            {
                await DoAsync(leases, cancellationToken);
                return [];
            }

            return [leases];
        }

        private async Task DoAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            Interlocked.Increment(ref _begun);
            await _finish.Task.WaitAsync(cancellationToken);
            await database.TransactAsync(leases[0].ClientId, async transaction =>
            {
                IReadOnlyDictionary<JobLease, Guid> subjects = await Jobs.SubjectsAsync(transaction, leases);
                Jobs.Complete(transaction, leases);
                foreach (JobLease lease in leases)
                {
                    _done.Enqueue(subjects[lease]);
                }

                return true;
            }, cancellationToken);
            Interlocked.Decrement(ref _running);
        }
    }
}
