using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Audit;

public sealed class LedgerGuardTests(PostgresTemplate postgres)
{
    [Theory]
    [InlineData("UPDATE ledger.entry SET leaf = leaf")]
    [InlineData("DELETE FROM ledger.entry")]
    [InlineData("TRUNCATE ledger.entry")]
    [InlineData("SELECT leaf FROM ledger.entry")]
    [InlineData("INSERT INTO ledger.entry SELECT client_id, 1, 1, '', '' FROM workspace.workspace")]
    [InlineData("UPDATE audit.event SET actor = actor")]
    [InlineData("DELETE FROM audit.event")]
    [InlineData("TRUNCATE audit.event")]
    [InlineData("SELECT actor FROM audit.event")]
    [InlineData("UPDATE audit.sequencer_cursor SET id = 0")]
    public async Task The_application_s_role_is_refused(string text)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid clientId, _) = await audited.FillAsync(1);

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(
            () => audited.Database.Databases.App.ExecuteAsync(clientId, [new Statement(text)], TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [InlineData("UPDATE ledger.entry SET leaf = leaf")]
    [InlineData("DELETE FROM ledger.entry")]
    [InlineData("TRUNCATE ledger.entry")]
    [InlineData("INSERT INTO audit.event (client_id, at, actor, action, object) SELECT client_id, at, actor, action, object FROM audit.event")]
    [InlineData("UPDATE audit.event SET actor = actor")]
    [InlineData("DELETE FROM audit.event")]
    [InlineData("TRUNCATE audit.event")]
    public async Task The_sequencer_s_role_is_refused(string text)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.FillAsync(1);

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(
            () => audited.Database.Databases.Audit.ExecuteAsync([new Statement(text)], TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [InlineData("UPDATE ledger.entry SET leaf = leaf")]
    [InlineData("DELETE FROM ledger.entry")]
    [InlineData("TRUNCATE ledger.entry")]
    [InlineData("SET session_replication_role = replica; DELETE FROM ledger.entry")]
    [InlineData("UPDATE audit.event SET actor = actor")]
    [InlineData("DELETE FROM audit.event")]
    [InlineData("TRUNCATE audit.event")]
    [InlineData("SET session_replication_role = replica; DELETE FROM audit.event")]
    public async Task Even_the_superuser_is_refused_while_the_guards_stand(string text)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.FillAsync(1);

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(() => audited.Database.AsSuperuserAsync(text));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refusal.SqlState);
    }

    [Fact]
    public async Task An_event_for_another_workspace_is_refused()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid own, Guid other) = await audited.FillAsync(1);
        Evidence record = new(Guid.NewGuid(), null, null, true);

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(() => audited.Database.Databases.App.ExecuteAsync(
            own, [AuditTrail.Statement(other, AuditedDatabase.Received(record, TimeSpan.Zero))], TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
