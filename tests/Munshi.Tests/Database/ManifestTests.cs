using Munshi.Database;
using Munshi.Database.Manifest;

namespace Munshi.Tests.Database;

/// <summary>Tampering by the superuser, one act at a time and taken back: what weakens a promise is named.</summary>
[Collection(RolesOfTheSharedCluster.Name)]
public sealed class ManifestTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public async Task A_freshly_migrated_database_is_exactly_the_compiled_in_manifest()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        Assert.Equal(string.Join('\n', DatabaseManifest.Expected), string.Join('\n', await superuser.LinesAsync(DatabaseManifest.Describe)));
    }

    [Fact]
    public async Task The_role_that_compares_sees_all_that_the_superuser_sees()
    {
        await using Session reader = await Session.AsAsync(DatabaseRole.Reader, migrated.Database.Address, migrated.Postgres.Secrets);

        Assert.Equal(string.Join('\n', DatabaseManifest.Expected), string.Join('\n', await reader.LinesAsync(DatabaseManifest.Describe)));
    }

    [Theory]
    [InlineData("ALTER TABLE vault.message DISABLE TRIGGER immutable", "trigger|vault.message|always CREATE TRIGGER immutable")]
    [InlineData("ALTER TABLE vault.message DISABLE TRIGGER ALL", "trigger|vault.message|disabled")]
    [InlineData("ALTER TABLE vault.message ENABLE TRIGGER immutable", "trigger|vault.message|origin")]
    [InlineData("ALTER TABLE vault.message ENABLE REPLICA TRIGGER immutable", "trigger|vault.message|replica")]
    [InlineData("DROP TRIGGER immutable ON ledger.entry", "trigger|ledger.entry|always CREATE TRIGGER immutable")]
    [InlineData("CREATE FUNCTION public.allow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'; CREATE TRIGGER aside BEFORE DELETE ON vault.message FOR EACH ROW EXECUTE FUNCTION public.allow()", "trigger|vault.message|origin CREATE TRIGGER aside")]
    [InlineData("CREATE OR REPLACE FUNCTION guard.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN coalesce(NEW, OLD); END'", "function|guard.refuse_change()")]
    [InlineData("ALTER FUNCTION guard.refuse_change() OWNER TO munshi_app", "function|guard.refuse_change()|munshi_app")]
    [InlineData("CREATE RULE swallow AS ON DELETE TO vault.message DO INSTEAD NOTHING", "rule|vault.message|CREATE RULE swallow")]
    [InlineData("ALTER TABLE vault.message NO FORCE ROW LEVEL SECURITY", "rls|vault.message|enabled not forced")]
    [InlineData("ALTER TABLE vault.message DISABLE ROW LEVEL SECURITY", "rls|vault.message|off forced")]
    [InlineData("DROP POLICY of_workspace ON vault.message", "policy|vault.message|of_workspace")]
    [InlineData("ALTER POLICY of_workspace ON vault.message USING (true)", "policy|vault.message|of_workspace")]
    [InlineData("CREATE POLICY everything ON vault.message TO munshi_app USING (true)", "policy|vault.message|everything")]
    [InlineData("CREATE POLICY everything ON vault.message USING (true)", "policy|vault.message|everything")]
    [InlineData("GRANT UPDATE ON vault.message TO munshi_app", "grant|vault.message|UPDATE to munshi_app")]
    [InlineData("GRANT UPDATE (kind) ON vault.message TO munshi_app", "grant|vault.message(kind)|UPDATE to munshi_app")]
    [InlineData("GRANT DELETE ON ledger.entry TO munshi_audit", "grant|ledger.entry|DELETE to munshi_audit")]
    [InlineData("GRANT SELECT ON vault.message TO PUBLIC", "grant|vault.message|SELECT to PUBLIC")]
    [InlineData("GRANT SELECT ON vault.message TO munshi_app WITH GRANT OPTION", "grant|vault.message|SELECT to munshi_app with grant option")]
    [InlineData("GRANT CREATE ON SCHEMA vault TO munshi_app", "grant|schema vault|CREATE to munshi_app")]
    [InlineData("GRANT EXECUTE ON FUNCTION workspace.workspace_of_slug(text) TO PUBLIC", "grant|function workspace.workspace_of_slug|EXECUTE to PUBLIC")]
    [InlineData("DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO munshi_app', current_database()); END $$", "grant|database|CREATE to munshi_app")]
    [InlineData("DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$", "grant|database|TEMPORARY to PUBLIC")]
    [InlineData("GRANT SET ON PARAMETER session_replication_role TO munshi_app", "grant|parameter session_replication_role|SET to munshi_app")]
    [InlineData("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO munshi_app", "grant|default r|")]
    [InlineData("GRANT munshi_owner TO munshi_app", "membership|munshi_app|munshi_owner")]
    [InlineData("GRANT pg_read_all_data TO munshi_sorter", "membership|munshi_sorter|pg_read_all_data")]
    [InlineData("CREATE ROLE outsider; GRANT munshi_app TO outsider", "membership|outsider|munshi_app")]
    [InlineData("ALTER ROLE munshi_app BYPASSRLS", "role|munshi_app|LOGIN BYPASSRLS")]
    [InlineData("ALTER ROLE munshi_app SUPERUSER", "role|munshi_app|SUPERUSER")]
    [InlineData("ALTER ROLE munshi_app CREATEROLE", "role|munshi_app|CREATEROLE")]
    [InlineData("ALTER ROLE munshi_app INHERIT", "role|munshi_app|INHERIT")]
    [InlineData("ALTER ROLE munshi_owner LOGIN", "role|munshi_owner|LOGIN")]
    [InlineData("CREATE ROLE munshi_other LOGIN", "role|munshi_other|")]
    [InlineData("ALTER ROLE munshi_app SET munshi.client_id = '00000000-0000-4000-8000-00000000000a'", "setting|munshi_app|munshi.client_id")]
    [InlineData("ALTER ROLE munshi_app SET session_replication_role = replica", "setting|munshi_app|session_replication_role")]
    [InlineData("ALTER ROLE munshi_intake SET synchronous_commit = off", "setting|munshi_intake|synchronous_commit")]
    [InlineData("ALTER ROLE ALL SET synchronous_commit = off", "setting|everyone|synchronous_commit")]
    [InlineData("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET munshi.client_id = ''x''', current_database()); END $$", "setting|everyone|munshi.client_id")]
    [InlineData("ALTER TABLE vault.message OWNER TO munshi_app", "owner|vault.message|munshi_app")]
    [InlineData("ALTER SCHEMA vault OWNER TO munshi_app", "owner|schema vault|munshi_app")]
    [InlineData("ALTER TABLE vault.message_status SET UNLOGGED", "table|vault.message_status|unlogged")]
    [InlineData("CREATE OR REPLACE FUNCTION workspace.workspace_of_slug(wanted text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT client_id FROM workspace.workspace LIMIT 1'", "function|workspace.workspace_of_slug")]
    [InlineData("ALTER FUNCTION workspace.workspace_of_slug(text) RESET ALL", "function|workspace.workspace_of_slug")]
    [InlineData("ALTER FUNCTION vault.status_rank(text) SECURITY DEFINER", "function|vault.status_rank")]
    [InlineData("ALTER FUNCTION vault.status_rank(text) LEAKPROOF", "function|vault.status_rank")]
    [InlineData("CREATE FUNCTION public.words() RETURNS SETOF bytea LANGUAGE sql SECURITY DEFINER AS 'SELECT text_sealed FROM vault.message'", "function|public.words()")]
    [InlineData("CREATE SCHEMA aside; CREATE FUNCTION aside.words() RETURNS SETOF bytea LANGUAGE sql SECURITY DEFINER AS 'SELECT text_sealed FROM vault.message'", "function|aside.words()")]
    [InlineData("CREATE FUNCTION pg_catalog.words() RETURNS SETOF bytea LANGUAGE sql SECURITY DEFINER AS 'SELECT text_sealed FROM vault.message'", "function|pg_catalog.words()")]
    [InlineData("CREATE SCHEMA aside; GRANT USAGE ON SCHEMA aside TO munshi_app", "schema aside")]
    [InlineData("CREATE TABLE public.copy AS SELECT * FROM vault.message", "owner|public.copy|postgres")]
    [InlineData("CREATE VIEW public.words AS SELECT text_sealed FROM vault.message", "view|public.words")]
    [InlineData("ALTER VIEW vault.current_status RESET (security_invoker)", "view|vault.current_status")]
    [InlineData("ALTER TABLE channel.outbox DROP CONSTRAINT outbox_state_check", "constraint|channel.outbox|outbox_state_check")]
    [InlineData("ALTER TABLE vault.message DROP CONSTRAINT message_pkey CASCADE", "constraint|vault.message|message_pkey")]
    [InlineData("ALTER TABLE ledger.entry DROP CONSTRAINT entry_event_id_key", "constraint|ledger.entry|entry_event_id_key")]
    [InlineData("ALTER TABLE work.job ADD CONSTRAINT sweep FOREIGN KEY (client_id) REFERENCES workspace.workspace ON DELETE CASCADE", "constraint|work.job|sweep")]
    [InlineData("ALTER TABLE vault.message ALTER COLUMN conversation_id DROP NOT NULL", "column|vault.message|conversation_id")]
    [InlineData("ALTER TABLE audit.event ALTER COLUMN xid SET DEFAULT '0'", "column|audit.event|xid")]
    [InlineData("ALTER TABLE audit.event ALTER COLUMN id DROP IDENTITY", "column|audit.event|id")]
    [InlineData("ALTER TABLE vault.provider_reference DROP COLUMN reference CASCADE", "column|vault.provider_reference|reference")]
    [InlineData("DO $$ DECLARE t name; BEGIN SELECT tgname INTO t FROM pg_trigger WHERE tgrelid = 'vault.message'::regclass AND tgisinternal LIMIT 1; EXECUTE format('ALTER TABLE vault.message DISABLE TRIGGER %I', t); END $$", "foreign-key-trigger|vault.message|")]
    [InlineData("DO $$ DECLARE t name; BEGIN SELECT tgname INTO t FROM pg_trigger WHERE tgrelid = 'vault.message'::regclass AND tgisinternal LIMIT 1; EXECUTE format('ALTER TABLE vault.message ENABLE REPLICA TRIGGER %I', t); END $$", "foreign-key-trigger|vault.message|")]
    [InlineData("CREATE FUNCTION public.spy() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER spy ON ddl_command_end EXECUTE FUNCTION public.spy()", "event-trigger|spy")]
    [InlineData("CREATE PUBLICATION aside FOR TABLE vault.message", "publication|aside")]
    public async Task What_weakens_a_promise_closes_the_gate_and_is_named(string tampering, string named)
    {
        IReadOnlyList<ManifestDifference> differences = await AfterAsync(tampering);

        Assert.Contains(differences, difference => difference.Weakens && difference.Line.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CREATE INDEX extra ON vault.message (client_id, received_at)")]
    [InlineData("COMMENT ON COLUMN vault.message.kind IS 'none: what it is'")]
    [InlineData("ALTER TABLE vault.message ADD CONSTRAINT narrower CHECK (turn < 1000000000)")]
    [InlineData("ALTER TABLE vault.message ADD COLUMN note uuid")]
    [InlineData("REVOKE SELECT ON vault.message FROM munshi_reader")]
    [InlineData("ALTER ROLE munshi_app SET work_mem = '16MB'")]
    [InlineData("ALTER TABLE vault.message SET (autovacuum_vacuum_scale_factor = 0.05)")]
    [InlineData("ANALYZE vault.message")]
    [InlineData("CREATE ROLE monitoring LOGIN")]
    public async Task What_weakens_nothing_leaves_the_gate_open(string change)
    {
        IReadOnlyList<ManifestDifference> differences = await AfterAsync(change);

        Assert.DoesNotContain(differences, difference => difference.Weakens);
    }

    [Theory]
    [InlineData("REVOKE SELECT ON vault.message FROM munshi_reader", "missing: grant|vault.message|SELECT to munshi_reader")]
    [InlineData("ALTER TABLE vault.message ADD CONSTRAINT narrower CHECK (turn < 1000000000)", "not expected: constraint|vault.message|narrower")]
    [InlineData("ALTER TABLE vault.message ADD COLUMN note uuid", "not expected: column|vault.message|note")]
    public async Task What_only_differs_is_told(string change, string told)
    {
        IReadOnlyList<ManifestDifference> differences = await AfterAsync(change);

        Assert.Contains(differences, difference => difference.ToString().StartsWith(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fact_that_guards_is_missed_when_it_is_gone()
    {
        string[] guards = ["role|", "owner|", "rls|", "policy|", "trigger|", "constraint|", "function|", "view|", "column|", "table|"];
        List<string> unmissed = [];
        foreach (string line in DatabaseManifest.Expected.Where(line => guards.Any(guard => line.StartsWith(guard, StringComparison.Ordinal))))
        {
            ManifestDifference difference = Assert.Single(DatabaseManifest.Compare(DatabaseManifest.Expected, DatabaseManifest.Expected.Where(other => other != line)));
            if (!difference.Weakens || difference.ToString() != "missing: " + line)
            {
                unmissed.Add(line);
            }
        }

        Assert.Empty(unmissed);
    }

    private async Task<IReadOnlyList<ManifestDifference>> AfterAsync(string tampering)
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);
        await superuser.ExecuteAsync("BEGIN");
        await superuser.ExecuteAsync(tampering);
        IReadOnlyList<string> found = await superuser.LinesAsync(DatabaseManifest.Describe);
        await superuser.ExecuteAsync("ROLLBACK"); // roles belong to the cluster, which other tests share
        return DatabaseManifest.Compare(DatabaseManifest.Expected, found);
    }
}
