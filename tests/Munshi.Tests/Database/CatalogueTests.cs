
namespace Munshi.Tests.Database;

/// <summary>Rules that every table of the schema keeps, read from PostgreSQL's catalogue.</summary>
public sealed class CatalogueTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    private const string Ours =
        "(SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')";

    private const string OfWorkspaces =
        $"(SELECT attrelid FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attname = 'client_id' AND c.relkind IN ('r', 'p') AND c.relnamespace IN {Ours})";

    /// <summary>Keys of a workspace's table that do not begin with its workspace, and why.</summary>
    private static readonly Dictionary<string, string> KeysAcrossWorkspaces = new()
    {
        ["workspace.workspace workspace_slug_key"] = "a handle is unique across the installation",
        ["channel.meta_app meta_app_id_key"] = "the webhook's address names the app before the workspace is known",
        ["channel.number number_phone_number_id_lookup_key"] = "a provider's number belongs to one workspace of the installation",
        ["channel.number number_app_id_fkey"] = "an agency's app may carry other workspaces' numbers; a trigger checks whose it is",
        ["ledger.entry entry_event_id_key"] = "an event is chained once, whatever the log",
        ["access.membership membership_person_id_fkey"] = "a person may belong to several workspaces",
    };

    /// <summary>Tables whose rows are written once.</summary>
    private static readonly string[] Immutable =
    [
        "audit.event", "channel.told", "knowledge.entry", "ledger.checkpoint", "ledger.cosignature", "ledger.entry", "ledger.erasure", "ledger.identity", "ledger.instance_checkpoint",
        "ledger.node", "ledger.place", "ledger.restore", "ledger.tick", "ledger.tick_node", "ledger.time_stamp", "ledger.verification", "notice.delivery_log", "responder.agent_run",
        "responder.answer_outcome", "responder.hand_off", "vault.contact_event", "vault.conversation_event", "vault.data_key",
        "vault.field_value", "vault.import", "vault.marketing_choice", "vault.media_import", "vault.message", "vault.message_status", "vault.note", "vault.note_removal", "vault.observation", "vault.provider_reference", "vault.transcript",
        "work.restoration",
    ];

    /// <summary>Tables whose rows change but are never removed.</summary>
    private static readonly string[] NeverRemoved =
    [
        "access.api_key", "vault.contact", "vault.conversation", "vault.conversation_label", "vault.field", "vault.identifier", "vault.import_fence",
        "vault.import_job", "vault.label", "vault.media", "vault.saved_view", "vault.withdrawn_import", "workspace.archive_import",
    ];

    [Fact]
    public async Task Every_table_with_a_workspace_forces_row_level_security() =>
        await NoneAsync($"SELECT oid::regclass::text FROM pg_class WHERE oid IN {OfWorkspaces} AND NOT (relrowsecurity AND relforcerowsecurity)");

    [Fact]
    public async Task The_rules_look_at_every_table_there_is()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> tables = await superuser.LinesAsync($"SELECT oid::regclass::text FROM pg_class WHERE oid IN {OfWorkspaces} ORDER BY 1");

        Assert.Contains("vault.message", tables);
        Assert.Contains("workspace.workspace", tables);
        Assert.True(tables.Count >= 19, string.Join(", ", tables));
    }

    [Fact]
    public async Task Tables_without_a_workspace_are_the_few_that_hold_none_of_its_data()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> tables = await superuser.LinesAsync(
            $"SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN {Ours} AND oid NOT IN {OfWorkspaces}");

        Assert.Equal(
            [
                "access.person", // an id and a date
                "audit.sequencer_cursor", // one row
                "channel.egress_count", // hosts and counts
                "intake.delivery", // sealed, of several workspaces, with policies of its own
                "intake.quarantine", // sealed, of no known workspace, with policies of its own
                "ledger.cosignature", // witnesses' signatures of the instance log, which tells nothing of any workspace
                "ledger.identity", // a name and a public key
                "ledger.instance_checkpoint",
                "ledger.tick",
                "ledger.tick_node",
                "ledger.time_stamp", // an authority's tokens over checkpoints of the instance log
                "ledger.verification", // counts, and a log's id where one differed
                "migration.applied",
                "setup.first_owner", // a date
                "setup.link", // hashes, from before there is a workspace
            ],
            tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_policy_of_the_application_names_the_workspace_setting() =>
        await NoneAsync(
            """
            SELECT schemaname || '.' || tablename || ' ' || policyname FROM pg_policies
            WHERE ('munshi_app' = ANY (roles) OR 'public' = ANY (roles)) AND (
                permissive <> 'PERMISSIVE'
                OR (cmd <> 'INSERT' AND qual IS DISTINCT FROM '(client_id = (current_setting(''munshi.client_id''::text))::uuid)')
                OR (cmd IN ('ALL', 'INSERT', 'UPDATE') AND with_check IS DISTINCT FROM '(client_id = (current_setting(''munshi.client_id''::text))::uuid)'))
            """);

    [Fact]
    public async Task Every_table_the_application_may_use_has_its_policy() =>
        await NoneAsync(
            $"""
            SELECT c.oid::regclass::text FROM pg_class c
            WHERE c.oid IN {OfWorkspaces} AND (has_table_privilege('munshi_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege('munshi_app', c.oid, 'SELECT, INSERT, UPDATE'))
            AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 'munshi_app'::regrole = ANY (p.polroles))
            """);

    [Fact]
    public async Task The_workspace_leads_every_key_of_its_tables()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> others = await superuser.LinesAsync(
            $"""
            SELECT c.conrelid::regclass || ' ' || c.conname FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype IN ('p', 'u', 'f') AND c.conrelid IN {OfWorkspaces} AND a.attname <> 'client_id'
            ORDER BY 1
            """);

        Assert.Equal(KeysAcrossWorkspaces.Keys.Order(StringComparer.Ordinal), others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_foreign_key_between_workspaces_tables_joins_the_workspaces() =>
        await NoneAsync(
            $"""
            SELECT c.conrelid::regclass || ' ' || c.conname FROM pg_constraint c
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = c.confkey[1]
            WHERE c.contype = 'f' AND c.conrelid IN {OfWorkspaces} AND c.confrelid IN {OfWorkspaces}
            AND a.attname <> 'client_id' AND c.conname <> 'number_app_id_fkey'
            """);

    [Fact]
    public async Task No_index_is_unique_without_being_a_named_constraint() =>
        await NoneAsync(
            $"""
            SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indisunique AND c.relnamespace IN {Ours} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
            """);

    [Fact]
    public async Task Every_column_that_could_hold_words_says_what_it_holds() =>
        await NoneAsync(
            $"""
            SELECT c.oid::regclass || '.' || a.attname || ': ' || coalesce(col_description(c.oid, a.attnum), 'no comment')
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN {Ours}
            AND a.atttypid NOT IN ('uuid'::regtype, 'timestamptz'::regtype, 'date'::regtype, 'boolean'::regtype, 'int'::regtype, 'bigint'::regtype,
                'double precision'::regtype, 'xid8'::regtype)
            AND coalesce(col_description(c.oid, a.attnum), '') !~ '^(pii:[a-z]|secret: |pseudonym($|:)|none($|:))'
            """);

    [Fact]
    public async Task A_column_named_sealed_is_bytes() =>
        await NoneAsync(
            $"""
            SELECT c.oid::regclass || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace IN {Ours} AND a.attname LIKE '%\_sealed' AND a.atttypid <> 'bytea'::regtype
            """);

    [Fact]
    public async Task Personal_data_stands_sealed_or_as_an_hmac() =>
        await NoneAsync(
            $"""
            SELECT c.oid::regclass || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN {Ours} AND col_description(c.oid, a.attnum) LIKE 'pii:%'
            AND NOT (a.attname LIKE '%\_sealed' OR (a.atttypid = 'bytea'::regtype AND col_description(c.oid, a.attnum) LIKE '%HMAC%'))
            """);

    [Fact]
    public async Task No_foreign_key_removes_or_changes_rows_by_itself() =>
        await NoneAsync($"SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE contype = 'f' AND connamespace IN {Ours} AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))");

    [Fact]
    public async Task Rows_written_once_are_guarded_for_every_role_and_in_every_mode()
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        IReadOnlyList<string> guarded = await superuser.LinesAsync(Guarded("UPDATE OR DELETE"));
        IReadOnlyList<string> kept = await superuser.LinesAsync(Guarded("DELETE"));
        IReadOnlyList<string> neverEmptied = await superuser.LinesAsync(Guarded("TRUNCATE"));

        Assert.Equal(Immutable, guarded.Order(StringComparer.Ordinal));
        Assert.Equal(NeverRemoved, kept.Order(StringComparer.Ordinal));
        Assert.Equal(Immutable.Concat(NeverRemoved).Order(StringComparer.Ordinal), neverEmptied.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_table_of_vault_and_ledger_is_guarded() =>
        await NoneAsync(
            $"""
            SELECT oid::regclass::text FROM pg_class
            WHERE relkind IN ('r', 'p') AND relnamespace IN ('vault'::regnamespace, 'ledger'::regnamespace)
            AND oid::regclass::text NOT IN (SELECT name FROM ({Guarded("UPDATE OR DELETE")} UNION ALL {Guarded("DELETE")}) guarded)
            """);

    [Fact]
    public async Task Every_table_survives_a_crash() =>
        await NoneAsync($"SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p', 'i') AND relnamespace IN {Ours} AND relpersistence <> 'p'");

    private static string Guarded(string events)
    {
        int bits = events switch
        {
            "UPDATE OR DELETE" => 1 + 2 + 8 + 16, // row, before, delete, update: PostgreSQL's pg_trigger.h
            "DELETE" => 1 + 2 + 8,
            _ => 2 + 32, // before, truncate
        };
        return $"""
            SELECT tgrelid::regclass::text AS name FROM pg_trigger
            WHERE NOT tgisinternal AND tgenabled = 'A' AND tgtype = {bits} AND tgqual IS NULL AND tgfoid = 'guard.refuse_change()'::regprocedure
            """;
    }

    private async Task NoneAsync(string breaches)
    {
        await using Session superuser = await Session.AsSuperuserAsync(migrated.Database);

        Assert.Empty(await superuser.LinesAsync(breaches));
    }
}
