using Munshi.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database;

/// <summary>A database in which workspaces <c>a</c> and <c>b</c> have one row in every table; <c>c</c> has none.</summary>
public sealed class TwoWorkspaces(PostgresTemplate postgres) : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CloneAsync();
        await using Session superuser = await Session.AsSuperuserAsync(Database);
        await SampleRows.WriteAsync(superuser, 'a');
        await SampleRows.WriteAsync(superuser, 'b');
        await superuser.ExecuteAsync("ANALYZE");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    internal Task<Session> AsAsync(DatabaseRole role) => Session.AsAsync(role, Database.Address, postgres.Secrets);

    /// <summary><c>munshi_app</c> inside a workspace.</summary>
    internal async Task<Session> InsideAsync(char workspace)
    {
        Session session = await AsAsync(DatabaseRole.App);
        await session.EnterAsync(SampleRows.Id(workspace));
        return session;
    }
}
