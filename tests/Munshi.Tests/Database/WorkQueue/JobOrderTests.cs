using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

public sealed class JobOrderTests(PostgresTemplate postgres) : IAsyncLifetime
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
    public async Task Jobs_that_come_as_one_are_claimed_in_their_order_wherever_their_rows_lie()
    {
        Guid[] subjects = [.. Enumerable.Range(0, 600).Select(_ => Guid.NewGuid())];
        await _database.AsSuperuserAsync(
            $"INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) SELECT '{_clientId}', gen_random_uuid(), 'gone', gen_random_uuid(), now(), now() FROM generate_series(1, 600)");
        await _database.AsSuperuserAsync("DELETE FROM work.job WHERE ctid > '(0,20)' AND (ctid::text::point)[1]::int % 2 = 0");
        await _database.AsSuperuserAsync("VACUUM work.job");
        await _database.AsSuperuserAsync("DELETE FROM work.job");
        await EnqueueAsync(subjects);

        IReadOnlyList<JobLease> leases = [.. await _queue.ClaimAsync(300, Cancellation), .. await _queue.ClaimAsync(300, Cancellation)];

        Assert.Equal(subjects, await SubjectsAsync(leases));
    }

    [Fact]
    public async Task Groups_of_one_workspace_follow_each_other_in_the_order_in_which_their_jobs_were_claimed()
    {
        OneByOneHandler handler = new();
        DatabaseGate gate = new(_database.Databases, NullLogger<DatabaseGate>.Instance);
        await gate.CheckAsync(Cancellation);
        using JobWorker worker = new(
            _queue, new JobRunner(_queue, [handler], NullLogger<JobRunner>.Instance), gate, new Wakeups(_database.Databases, gate, NullLogger<Wakeups>.Instance), new Precedence(_clock), NullLogger<JobWorker>.Instance);
        await EnqueueAsync([.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())]);

        await worker.RunDueAsync(Cancellation);
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Begun == 1));
        handler.Finish();
        await Sandbox.Eventually.TrueAsync(() => Task.FromResult(handler.Begun == 2));

        Assert.Equal(1, handler.MostAtOnce);
    }

    private Task<bool> EnqueueAsync(Guid[] subjects) => _database.Databases.App.TransactAsync(_clientId, transaction =>
    {
        Jobs.Enqueue(transaction, "group", subjects, _clock.GetUtcNow());
        return Task.FromResult(true);
    }, Cancellation);

    private async Task<Guid[]> SubjectsAsync(IReadOnlyList<JobLease> leases) => await _database.Databases.App.TransactAsync(_clientId, async transaction =>
    {
        IReadOnlyDictionary<JobLease, Guid> subjects = await Jobs.SubjectsAsync(transaction, leases);
        return leases.Select(lease => subjects[lease]).ToArray();
    }, Cancellation);

    private sealed class OneByOneHandler : IJobGroupHandler
    {
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;
        private int _begun;

        public string Kind => "group";

        public int MostTogether => 10;

        public int Begun => Volatile.Read(ref _begun);

        public int MostAtOnce { get; private set; }

        public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

        public void Finish() => _finish.SetResult();

        public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<IReadOnlyList<JobLease>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
            Interlocked.Increment(ref _begun);
            await _finish.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _running);
            return [];
        }
    }
}
