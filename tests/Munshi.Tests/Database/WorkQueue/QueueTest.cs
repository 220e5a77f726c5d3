using Munshi.Database.WorkQueue;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database.WorkQueue;

/// <summary>A test of the work queue, with a database, a workspace and a clock of its own.</summary>
public abstract class QueueTest(PostgresTemplate postgres) : IAsyncLifetime
{
    private protected Guid ClientId { get; } = Guid.NewGuid();

    private protected ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));

    private protected TestDatabase Database { get; private set; } = null!;

    private protected JobQueue Queue { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CloneAsync();
        Queue = new JobQueue(Database.Databases, Clock);
        await Database.AsSuperuserAsync(
            $"INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{ClientId}', 'test', '\\x00', now())");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
