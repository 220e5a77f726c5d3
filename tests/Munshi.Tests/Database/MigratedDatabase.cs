using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database;

/// <summary>One database for tests that only look at it, or take back what they change.</summary>
public sealed class MigratedDatabase(PostgresTemplate postgres) : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    internal PostgresTemplate Postgres => postgres;

    public async ValueTask InitializeAsync() => Database = await postgres.CloneAsync();

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
