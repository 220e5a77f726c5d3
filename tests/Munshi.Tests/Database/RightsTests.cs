namespace Munshi.Tests.Database;

/// <summary>What each role may do, read from PostgreSQL's catalogue.</summary>
public sealed class RightsTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    private const string Ours =
        "(SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')";

    [Fact]
    public async Task No_role_of_ours_has_power_beyond_its_grants() =>
        await NoneAsync(
            """
            SELECT rolname FROM pg_roles
            WHERE rolname LIKE 'munshi\_%' AND (rolsuper OR rolinherit OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
            """);

    [Fact]
    public async Task No_role_of_ours_is_a_member_of_anything() =>
        await NoneAsync("SELECT member::regrole || ' in ' || roleid::regrole FROM pg_auth_members WHERE member::regrole::text LIKE 'munshi\\_%' OR roleid::regrole::text LIKE 'munshi\\_%'");

    [Fact]
    public async Task Owner_and_look_up_role_cannot_log_in() =>
        await NoneAsync("SELECT rolname FROM pg_roles WHERE rolname IN ('munshi_owner', 'munshi_lookup', 'munshi_eraser') AND rolcanlogin");

    [Fact]
    public async Task Everything_belongs_to_the_owner() =>
        await NoneAsync($"SELECT oid::regclass::text FROM pg_class WHERE relnamespace IN {Ours} AND relowner <> 'munshi_owner'::regrole");

    [Theory]
    [InlineData("vault", "DELETE, TRUNCATE")]
    [InlineData("audit", "SELECT, UPDATE, DELETE, TRUNCATE")]
    [InlineData("ledger", "SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER")]
    public async Task The_application_has_no_grant_that_could_undo_what_was_said(string schema, string privileges) =>
        await NoneAsync($"SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND relnamespace = '{schema}'::regnamespace AND has_table_privilege('munshi_app', oid, '{privileges}')");

    [Fact]
    public async Task Only_the_queue_the_stop_of_a_number_and_what_Meta_no_longer_lists_may_be_deleted_from()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> deleting = await superuser.LinesAsync(
            $"""
            SELECT c.oid::regclass || ' by ' || r.rolname FROM pg_class c, pg_roles r
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN {Ours} AND r.rolname LIKE 'munshi\_%' AND r.rolname <> 'munshi_owner'
            AND has_table_privilege(r.oid, c.oid, 'DELETE, TRUNCATE')
            """);

        Assert.Equal(["channel.number_stop by munshi_app", "channel.template by munshi_app", "work.job by munshi_app"], deleting.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_schema_is_entered_by_the_documented_roles_only()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> entering = await superuser.LinesAsync(
            $"""
            SELECT replace(r.rolname, 'munshi_', '') || ': ' || string_agg(n.nspname, ' ' ORDER BY n.nspname)
            FROM pg_namespace n, pg_roles r
            WHERE n.oid IN {Ours} AND r.rolname LIKE 'munshi\_%' AND r.rolname <> 'munshi_owner' AND has_schema_privilege(r.oid, n.oid, 'USAGE')
            GROUP BY r.rolname ORDER BY r.rolname
            """);

        Assert.Equal(
            [
                "app: access audit channel intake knowledge notice responder setup vault work workspace",
                "audit: audit ledger",
                "dispatch: work",
                "intake: intake",
                "lookup: access channel guard notice workspace",
                "reader: audit intake ledger migration responder vault work workspace",
                "router: access channel notice workspace",
                "sorter: intake work",
            ],
            entering);
    }

    [Fact]
    public async Task Nobody_but_the_owner_may_create_anything() =>
        await NoneAsync(
            $"""
            SELECT r.rolname || ' in ' || n.nspname FROM pg_namespace n, pg_roles r
            WHERE n.oid IN {Ours} AND r.rolname LIKE 'munshi\_%' AND r.rolname <> 'munshi_owner' AND has_schema_privilege(r.oid, n.oid, 'CREATE')
            UNION ALL
            SELECT rolname || ' in the database' FROM pg_roles
            WHERE rolname LIKE 'munshi\_%' AND rolname <> 'munshi_owner' AND has_database_privilege(oid, current_database(), 'CREATE, TEMPORARY')
            """);

    [Fact]
    public async Task Nothing_is_granted_to_everyone() =>
        await NoneAsync(
            $"""
            SELECT c.oid::regclass::text FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace IN {Ours} AND a.grantee = 0
            UNION ALL
            SELECT attrelid::regclass || '.' || attname FROM pg_attribute, aclexplode(attacl) a
            WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN {Ours}) AND a.grantee = 0
            UNION ALL
            SELECT nspname FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.oid IN {Ours} AND a.grantee = 0
            UNION ALL
            SELECT datname FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE datname = current_database() AND a.grantee = 0
            """);

    [Fact]
    public async Task No_grant_may_be_passed_on() =>
        await NoneAsync($"SELECT c.oid::regclass || ' ' || a.grantee::regrole FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace IN {Ours} AND a.is_grantable AND a.grantee <> c.relowner");

    [Fact]
    public async Task A_function_with_others_rights_is_a_look_up_with_a_pinned_path() =>
        await NoneAsync(
            $"""
            SELECT p.oid::regprocedure::text FROM pg_proc p
            WHERE p.pronamespace IN {Ours} AND p.prosecdef AND (
                p.proowner <> 'munshi_lookup'::regrole
                OR NOT coalesce(p.proconfig, ARRAY[]::text[]) @> ARRAY['search_path=pg_catalog']
                OR p.prorettype NOT IN ('uuid'::regtype, 'trigger'::regtype)
                OR p.proretset
                OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee NOT IN ('munshi_router'::regrole, p.proowner)))
            """);

    [Fact]
    public async Task The_look_ups_are_the_documented_ones()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> functions = await superuser.LinesAsync(
            $"SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace IN {Ours} AND prosecdef");

        Assert.Equal(
            [
                "access.workspace_of_api_key(bytea)",
                "access.workspace_of_link(bytea)",
                "access.workspace_of_session(bytea)",
                "channel.check_app_of_number()",
                "channel.workspace_of_account(uuid,bytea,bytea,uuid)",
                "channel.workspace_of_app(uuid)",
                "channel.workspace_of_number(uuid,bytea)",
                "notice.workspace_with_digest_due(timestamp with time zone,uuid)",
                "workspace.workspace_of_slug(text)",
            ],
            functions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_view_shows_what_its_reader_may_see() =>
        await NoneAsync($"SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace IN {Ours} AND NOT coalesce(reloptions, ARRAY[]::text[]) @> ARRAY['security_invoker=true']");

    private async Task NoneAsync(string breaches)
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        Assert.Empty(await superuser.LinesAsync(breaches));
    }
}
