using System.Globalization;
using Munshi.Database;
using Npgsql;

namespace Munshi.Tests.Database;

/// <summary>As <c>munshi_app</c>, table by table: another workspace's rows cannot be seen, added to, changed or removed.</summary>
public sealed class WorkspaceIsolationTests(TwoWorkspaces workspaces) : IClassFixture<TwoWorkspaces>
{
    private const string UnknownSetting = "42704";
    private const string NotAUuid = "22P02";

    /// <summary>Tables into which the application writes but which it may not read.</summary>
    private static readonly string[] Unreadable = ["audit.event", "ledger.entry", "ledger.node", "ledger.checkpoint", "ledger.place", "ledger.restore", "ledger.erasure"];

    public static TheoryData<string> Tables => [.. SampleRows.Of('a').Select(row => row.Table)];

    [Fact]
    public async Task The_sample_has_a_row_for_every_table_of_the_catalogue()
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);

        IReadOnlyList<string> tables = await superuser.LinesAsync(
            """
            SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname = 'client_id' AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
            """);

        Assert.Equal(tables.Order(StringComparer.Ordinal), SampleRows.Of('a').Select(row => row.Table).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Only_the_own_row_is_seen(string table)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await using Session inside = await workspaces.InsideAsync('a');
        Assert.Equal("2", await superuser.LineAsync($"SELECT count(*) FROM {table}"));

        if (Unreadable.Contains(table))
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync($"SELECT client_id FROM {table}"));
        }
        else
        {
            Assert.Equal($"{SampleRows.Id('a')}", await inside.LineAsync($"SELECT client_id FROM {table}"));
            Assert.Empty(await inside.LinesAsync($"SELECT client_id FROM {table} WHERE client_id = '{SampleRows.Id('b')}'"));
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_condition_that_fails_on_other_workspaces_rows_never_meets_them(string table)
    {
        await using Session inside = await workspaces.InsideAsync('c');
        string probe = $"SELECT client_id FROM {table} WHERE client_id::text::int > 0";

        string answer = await inside.RefusalAsync(probe);

        Assert.Equal(Unreadable.Contains(table) ? PostgresErrorCodes.InsufficientPrivilege : Session.Accepted, answer);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_row_for_another_workspace_is_refused(string table)
    {
        await using Session inside = await workspaces.InsideAsync('a');
        string insert = SampleRows.Of('b').Single(row => row.Table == table).Insert;

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync(insert));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Changing_and_removing_do_not_reach_another_workspace(string table)
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await using Session inside = await workspaces.InsideAsync('a');
        IReadOnlyList<string> columns = await superuser.LinesAsync(
            $"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''");

        foreach (string column in columns)
        {
            bool granted = await superuser.LineAsync($"SELECT has_column_privilege('munshi_app', '{table}', '{column}', 'UPDATE')") == "True";
            if (granted)
            {
                Assert.Equal(0, await inside.ExecuteAsync($"UPDATE {table} SET {column} = {column} WHERE client_id = '{SampleRows.Id('b')}'"));
                Assert.Equal(1, await inside.ExecuteAsync($"UPDATE {table} SET {column} = {column}"));
            }
            else
            {
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync($"UPDATE {table} SET {column} = {column}"));
            }
        }

        await inside.RefusalAsync($"DELETE FROM {table} WHERE client_id = '{SampleRows.Id('b')}'");
        Assert.Equal("2", await superuser.LineAsync($"SELECT count(*) FROM {table}"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync($"UPDATE {table} SET client_id = '{SampleRows.Id('b')}'"));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Without_a_workspace_every_statement_is_an_error(string table)
    {
        await using Session outside = await workspaces.AsAsync(DatabaseRole.App);
        string insert = SampleRows.Of('a').Single(row => row.Table == table).Insert;
        string[] allowed = Unreadable.Contains(table) ? [insert] : [insert, $"SELECT client_id FROM {table}"];

        foreach (string statement in allowed)
        {
            string unset = await outside.RefusalAsync(statement);
            Assert.True(unset is UnknownSetting or PostgresErrorCodes.InsufficientPrivilege, $"{unset}: {statement}");
        }

        await outside.ExecuteAsync("SET munshi.client_id = ''");
        foreach (string statement in allowed)
        {
            string empty = await outside.RefusalAsync(statement);
            Assert.True(empty is NotAUuid or PostgresErrorCodes.InsufficientPrivilege, $"{empty}: {statement}");
        }

        if (!Unreadable.Contains(table))
        {
            Assert.Equal(NotAUuid, await outside.RefusalAsync($"SELECT client_id FROM {table}"));
        }
    }

    [Fact]
    public async Task Row_level_security_cannot_be_switched_off()
    {
        await using Session inside = await workspaces.InsideAsync('a');
        await inside.ExecuteAsync("SET row_security = off");

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync("SELECT id FROM vault.message"));
    }

    [Fact]
    public async Task Statistics_of_other_workspaces_values_are_not_shown()
    {
        await using Session superuser = await Session.AsSuperuserAsync(workspaces.Database);
        await using Session inside = await workspaces.InsideAsync('a');
        int known = int.Parse(await superuser.LineAsync("SELECT count(*) FROM pg_stats WHERE schemaname = 'vault'"), CultureInfo.InvariantCulture);

        Assert.True(known > 0);
        Assert.Empty(await inside.LinesAsync("SELECT tablename || '.' || attname FROM pg_stats WHERE schemaname IN ('vault', 'workspace', 'access', 'channel', 'intake', 'knowledge', 'work', 'responder')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync("SELECT FROM pg_statistic"));
    }

    [Fact]
    public async Task People_of_other_workspaces_are_not_listed()
    {
        await using Session inside = await workspaces.InsideAsync('a');

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await inside.RefusalAsync("SELECT id FROM access.person"));
    }

    [Fact]
    public async Task A_number_cannot_hang_on_an_app_that_its_owner_does_not_share()
    {
        await using Session inside = await workspaces.InsideAsync('a');
        string insert = $"""
            INSERT INTO channel.number (client_id, id, app_id, phone_number_id_lookup, phone_number_id_sealed, display_number_sealed, token_sealed, created_at)
            VALUES ('{SampleRows.Id('a')}', gen_random_uuid(), '{SampleRows.Id('b')}', decode(repeat('77', 32), 'hex'), '', '', '', now())
            """;

        Assert.Equal(PostgresErrorCodes.CheckViolation, await inside.RefusalAsync(insert));
    }
}
