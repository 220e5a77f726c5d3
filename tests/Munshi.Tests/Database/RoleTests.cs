using Munshi.Database;
using Npgsql;

namespace Munshi.Tests.Database;

/// <summary>What each role is refused, by real logins. The rows are there, so a refusal is PostgreSQL's and not an empty table's.</summary>
public sealed class RoleTests(TwoWorkspaces workspaces) : IClassFixture<TwoWorkspaces>
{
    private const string Sample = "'00000000-0000-4000-8000-00000000000a'";

    private static readonly string[] WrittenOnce =
    [
        "audit.event", "knowledge.entry", "ledger.checkpoint", "ledger.entry", "ledger.node", "responder.agent_run", "vault.data_key", "vault.message", "vault.message_status",
        "vault.provider_reference",
    ];

    public static MatrixTheoryData<string, string> RolesAndTablesWrittenOnce => new(Enum.GetNames<DatabaseRole>(), WrittenOnce);

    public static TheoryData<string> TablesWrittenOnce => [.. WrittenOnce];

    public static TheoryData<string> Roles => [.. Enum.GetNames<DatabaseRole>()];

    [Theory]
    [MemberData(nameof(RolesAndTablesWrittenOnce))]
    public async Task No_role_that_logs_in_changes_removes_or_empties_what_is_written_once(string role, string table)
    {
        await using Session session = await workspaces.AsAsync(Enum.Parse<DatabaseRole>(role));
        await session.EnterAsync(SampleRows.Id('a'));

        foreach (string statement in (string[])[$"UPDATE {table} SET client_id = client_id", $"DELETE FROM {table}", $"TRUNCATE {table} CASCADE"])
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await session.RefusalAsync(statement));
        }
    }

    [Theory]
    [MemberData(nameof(TablesWrittenOnce))]
    public async Task Even_the_superuser_is_refused_by_the_trigger(string table)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);

        foreach (string mode in (string[])["origin", "local", "replica"])
        {
            await superuser.ExecuteAsync($"SET session_replication_role = {mode}");
            foreach (string statement in (string[])[$"UPDATE {table} SET client_id = client_id", $"DELETE FROM {table}", $"TRUNCATE {table} CASCADE"])
            {
                Assert.Equal(PostgresErrorCodes.RestrictViolation, await superuser.RefusalAsync(statement));
            }
        }
    }

    [Theory]
    [InlineData("access.api_key")]
    [InlineData("vault.contact")]
    [InlineData("vault.conversation")]
    [InlineData("vault.identifier")]
    public async Task What_lives_on_is_not_removed_even_by_the_superuser(string table)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await superuser.ExecuteAsync("SET session_replication_role = replica");

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await superuser.RefusalAsync($"DELETE FROM {table}"));
        Assert.Equal(PostgresErrorCodes.RestrictViolation, await superuser.RefusalAsync($"TRUNCATE {table} CASCADE"));
    }

    [Theory]
    [InlineData(nameof(DatabaseRole.App), "SELECT FROM audit.event")]
    [InlineData(nameof(DatabaseRole.App), "SELECT FROM ledger.entry")]
    [InlineData(nameof(DatabaseRole.App), "SELECT FROM intake.delivery")]
    [InlineData(nameof(DatabaseRole.App), "SELECT FROM intake.quarantine")]
    [InlineData(nameof(DatabaseRole.App), "SELECT FROM migration.applied")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE intake.update SET body_sealed = body_sealed")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE intake.update SET reference = reference")]
    [InlineData(nameof(DatabaseRole.App), "DELETE FROM intake.update")]
    [InlineData(nameof(DatabaseRole.App), "INSERT INTO intake.delivery_problem (client_id, delivery_id, reason, update_count, received_at, sorted_at) VALUES (" + Sample + ", gen_random_uuid(), 'altered', 0, now(), now())")]
    [InlineData(nameof(DatabaseRole.App), "DELETE FROM intake.replay")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT update_count FROM intake.delivery_problem")]
    [InlineData(nameof(DatabaseRole.App), "INSERT INTO intake.update SELECT * FROM intake.update")]
    [InlineData(nameof(DatabaseRole.App), "INSERT INTO audit.event (client_id, xid, at, actor, action, object) VALUES (" + Sample + ", '1', now(), 'program:x', 'a.b', 'c:00000000-0000-4000-8000-00000000000a')")]
    [InlineData(nameof(DatabaseRole.App), "INSERT INTO audit.event (client_id, at, actor, action, object) VALUES (" + Sample + ", now(), 'program:x', 'a.b', 'c:00000000-0000-4000-8000-00000000000a') RETURNING id")]
    [InlineData(nameof(DatabaseRole.App), "SELECT workspace.workspace_of_slug('shop-b')")]
    [InlineData(nameof(DatabaseRole.App), "SELECT channel.workspace_of_app(" + Sample + ")")]
    [InlineData(nameof(DatabaseRole.App), "SELECT access.workspace_of_session('')")]
    [InlineData(nameof(DatabaseRole.App), "SELECT access.workspace_of_link('')")]
    [InlineData(nameof(DatabaseRole.App), "SELECT access.workspace_of_api_key('')")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE access.api_key SET secret_hash = secret_hash")]
    [InlineData(nameof(DatabaseRole.App), "DELETE FROM access.api_key")]
    [InlineData(nameof(DatabaseRole.Router), "SELECT secret_hash FROM access.api_key")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE work.job SET subject = subject")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE channel.number SET app_id = app_id")]
    [InlineData(nameof(DatabaseRole.App), "UPDATE vault.identifier SET value_sealed = value_sealed")]
    [InlineData(nameof(DatabaseRole.Intake), "SELECT FROM intake.delivery")]
    [InlineData(nameof(DatabaseRole.Intake), "UPDATE intake.delivery SET sorted_at = now()")]
    [InlineData(nameof(DatabaseRole.Intake), "DELETE FROM intake.delivery")]
    [InlineData(nameof(DatabaseRole.Intake), "TRUNCATE intake.delivery")]
    [InlineData(nameof(DatabaseRole.Intake), "INSERT INTO intake.delivery (id, app_id, received_at, key_id, body_sealed) VALUES (gen_random_uuid(), gen_random_uuid(), now(), gen_random_uuid(), '') RETURNING id")]
    [InlineData(nameof(DatabaseRole.Intake), "INSERT INTO intake.delivery (id, app_id, received_at, key_id, body_sealed, sorted_at) VALUES (gen_random_uuid(), gen_random_uuid(), now(), gen_random_uuid(), '', now())")]
    [InlineData(nameof(DatabaseRole.Intake), "INSERT INTO intake.update (client_id) VALUES (" + Sample + ")")]
    [InlineData(nameof(DatabaseRole.Intake), "INSERT INTO intake.quarantine (id) VALUES (" + Sample + ")")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT FROM vault.message")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT FROM vault.contact")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT FROM intake.update")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT body_sealed FROM intake.quarantine")]
    [InlineData(nameof(DatabaseRole.Sorter), "UPDATE intake.quarantine SET reason = reason")]
    [InlineData(nameof(DatabaseRole.Sorter), "UPDATE intake.delivery_problem SET update_count = update_count")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT FROM work.job")]
    [InlineData(nameof(DatabaseRole.Sorter), "SELECT FROM workspace.workspace")]
    [InlineData(nameof(DatabaseRole.Sorter), "UPDATE intake.delivery SET body_sealed = ''")]
    [InlineData(nameof(DatabaseRole.Sorter), "DELETE FROM intake.delivery")]
    [InlineData(nameof(DatabaseRole.Sorter), "UPDATE intake.update SET state = 'stored'")]
    [InlineData(nameof(DatabaseRole.Sorter), "INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) VALUES (" + Sample + ", gen_random_uuid(), 'channel.send', gen_random_uuid(), now(), now())")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT subject FROM work.job")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT last_error FROM work.job")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT * FROM work.job")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT FROM work.dead_letter")]
    [InlineData(nameof(DatabaseRole.Dispatch), "UPDATE work.job SET run_at = now()")]
    [InlineData(nameof(DatabaseRole.Dispatch), "DELETE FROM work.job")]
    [InlineData(nameof(DatabaseRole.Dispatch), "INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) VALUES (" + Sample + ", gen_random_uuid(), 'intake.update', gen_random_uuid(), now(), now())")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT FROM vault.message")]
    [InlineData(nameof(DatabaseRole.Audit), "SELECT FROM vault.message")]
    [InlineData(nameof(DatabaseRole.Audit), "SELECT FROM workspace.workspace")]
    [InlineData(nameof(DatabaseRole.Audit), "INSERT INTO audit.event (client_id, at, actor, action, object) VALUES (" + Sample + ", now(), 'program:x', 'a.b', 'c:00000000-0000-4000-8000-00000000000a')")]
    [InlineData(nameof(DatabaseRole.Audit), "INSERT INTO audit.sequencer_cursor (only_row, xid, id) VALUES (false, '0', 0)")]
    [InlineData(nameof(DatabaseRole.Audit), "DELETE FROM audit.sequencer_cursor")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT FROM work.restoration")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT name_sealed FROM workspace.workspace")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT created_at FROM workspace.workspace_key")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM access.session")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM access.api_key")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM channel.meta_app")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM channel.number")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM intake.delivery")]
    public async Task A_role_is_refused_what_is_not_its_work(string role, string statement)
    {
        await using Session session = await workspaces.AsAsync(Enum.Parse<DatabaseRole>(role));
        await session.EnterAsync(SampleRows.Id('a'));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await session.RefusalAsync(statement));
    }

    [Theory]
    [InlineData(nameof(DatabaseRole.Intake), "INSERT INTO intake.delivery (id, app_id, received_at, key_id, body_sealed) VALUES (gen_random_uuid(), gen_random_uuid(), now(), gen_random_uuid(), '')")]
    [InlineData(nameof(DatabaseRole.Sorter), "UPDATE intake.delivery SET sorted_at = now()")]
    [InlineData(nameof(DatabaseRole.Dispatch), "SELECT client_id, id, kind FROM work.job")]
    [InlineData(nameof(DatabaseRole.Router), "SELECT workspace.workspace_of_slug('shop-b')")]
    [InlineData(nameof(DatabaseRole.Audit), "SELECT FROM ledger.entry")]
    [InlineData(nameof(DatabaseRole.Reader), "SELECT FROM vault.message")]
    [InlineData(nameof(DatabaseRole.App), "INSERT INTO audit.event (client_id, at, actor, action, object) VALUES (" + Sample + ", now(), 'program:x', 'a.b', 'c:00000000-0000-4000-8000-00000000000a')")]
    public async Task A_role_may_do_its_work(string role, string statement)
    {
        await using Session session = await workspaces.AsAsync(Enum.Parse<DatabaseRole>(role));
        await session.EnterAsync(SampleRows.Id('a'));

        Assert.Equal(Session.Accepted, await session.RefusalAsync(statement));
    }

    [Theory]
    [InlineData(nameof(DatabaseRole.Router), "SELECT FROM", "")]
    [InlineData(nameof(DatabaseRole.Router), "DELETE FROM", "")]
    [InlineData(nameof(DatabaseRole.Reader), "DELETE FROM", "")]
    [InlineData(nameof(DatabaseRole.Reader), "INSERT INTO", "DEFAULT VALUES")]
    [InlineData(nameof(DatabaseRole.Router), "INSERT INTO", "DEFAULT VALUES")]
    [InlineData(nameof(DatabaseRole.Dispatch), "INSERT INTO", "DEFAULT VALUES")]
    [InlineData(nameof(DatabaseRole.Dispatch), "DELETE FROM", "")]
    [InlineData(nameof(DatabaseRole.Intake), "SELECT FROM", "")]
    [InlineData(nameof(DatabaseRole.Intake), "DELETE FROM", "")]
    [InlineData(nameof(DatabaseRole.Sorter), "DELETE FROM", "")]
    [InlineData(nameof(DatabaseRole.Audit), "DELETE FROM", "")]
    public async Task A_role_is_refused_in_every_table(string role, string verb, string rest)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await using Session session = await workspaces.AsAsync(Enum.Parse<DatabaseRole>(role));
        string kinds = verb == "SELECT FROM" ? "'r', 'v'" : "'r'";
        IReadOnlyList<string> tables = await superuser.LinesAsync(
            $"SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ({kinds}) AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'");

        Assert.NotEmpty(tables);
        foreach (string table in tables)
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await session.RefusalAsync($"{verb} {table} {rest}"));
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task No_role_can_rise_above_itself(string role)
    {
        await using Session session = await workspaces.AsAsync(Enum.Parse<DatabaseRole>(role));

        foreach (string statement in (string[])
        [
            "SET ROLE munshi_owner", "SET SESSION AUTHORIZATION munshi_owner",
            "SET session_replication_role = replica", "ALTER TABLE vault.message DISABLE TRIGGER ALL", "ALTER TABLE vault.message NO FORCE ROW LEVEL SECURITY",
            "CREATE TABLE public.notes (words text)", "CREATE TEMPORARY TABLE notes (words text)", "CREATE SCHEMA notes",
            "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "COPY (SELECT 1) TO PROGRAM 'true'", "COPY (SELECT 1) TO '/tmp/munshi'",
            "SELECT pg_read_file('postgresql.conf')", "SELECT rolpassword FROM pg_authid", "CREATE ROLE another",
            "GRANT munshi_owner TO munshi_app",
        ])
        {
            Assert.Equal((statement, PostgresErrorCodes.InsufficientPrivilege), (statement, await session.RefusalAsync(statement)));
        }
    }
}
