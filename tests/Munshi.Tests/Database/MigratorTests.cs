using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Tests.Database.Cluster;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database;

[Collection(RolesOfTheSharedCluster.Name)]
public sealed class MigratorTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private TestDatabase _beside = null!;
    private DatabaseAddress _address = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _beside = await postgres.CloneAsync();
        _address = _beside.Address with { Database = _beside.Address.Database + "_new" };
    }

    public async ValueTask DisposeAsync()
    {
        await postgres.DropAsync(_address.Database);
        await _beside.DisposeAsync();
    }

    [Fact]
    public async Task From_nothing_comes_the_database_of_the_manifest()
    {
        MigrationOutcome outcome = await MigrateAsync();

        Assert.Equal(new MigrationOutcome.Migrated(Migration.All.Count, Migration.All[^1].Number), outcome);
        Assert.Equal("", await DifferencesAsync());
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await MigrateAsync();

        Assert.Equal(new MigrationOutcome.Migrated(0, Migration.All[^1].Number), await MigrateAsync());
        Assert.Equal("", await DifferencesAsync());
    }

    [Fact]
    public async Task Of_two_at_once_each_migration_is_applied_by_one()
    {
        MigrationOutcome[] outcomes = await Task.WhenAll(MigrateAsync(), MigrateAsync(), MigrateAsync());

        Assert.Equal(Migration.All.Count, outcomes.Sum(outcome => Assert.IsType<MigrationOutcome.Migrated>(outcome).Count));
        Assert.Equal("", await DifferencesAsync());
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_its_release_is_refused_by_name()
    {
        await MigrateAsync();
        await using Session superuser = await Session.AsSuperuserAsync(_address);
        await superuser.ExecuteAsync("UPDATE migration.applied SET checksum = sha256('another') WHERE number = 3");

        MigrationOutcome.Refused refused = Assert.IsType<MigrationOutcome.Refused>(await MigrateAsync());

        Assert.Equal("Migration 0003_access.sql differs from the one this database was made with; install the unaltered program.", refused.Sentence);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused()
    {
        await MigrateAsync();
        await using Session superuser = await Session.AsSuperuserAsync(_address);
        await superuser.ExecuteAsync("INSERT INTO migration.applied (number, name, checksum, applied_at) VALUES (9999, '9999_later.sql', sha256('later'), now())");

        MigrationOutcome.Refused refused = Assert.IsType<MigrationOutcome.Refused>(await MigrateAsync());

        Assert.StartsWith($"The database is at migration 9999, this program knows {Migration.All[^1].Number}", refused.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RAISE EXCEPTION 'stopped'")]
    [InlineData("PERFORM pg_terminate_backend(pg_backend_pid())")]
    public async Task A_migration_cut_off_in_the_middle_leaves_nothing_and_is_done_again(string end)
    {
        await _beside.AsSuperuserAsync($"CREATE DATABASE {_address.Database} OWNER munshi_owner TEMPLATE template0 ENCODING 'UTF8'");
        await using Session superuser = await Session.AsSuperuserAsync(_address);
        await superuser.ExecuteAsync(
            $"""
            CREATE FUNCTION public.cut_off() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN IF to_regclass('vault.data_key') IS NOT NULL THEN {end}; END IF; END $$;
            CREATE EVENT TRIGGER cut_off ON ddl_command_end EXECUTE FUNCTION public.cut_off();
            """);
        int before = Migration.All.Single(migration => migration.Text.Contains("CREATE TABLE vault.data_key", StringComparison.Ordinal)).Number - 1;

        await Assert.ThrowsAsync<Npgsql.PostgresException>(MigrateAsync);
        Assert.Equal($"{before}", await superuser.LineAsync("SELECT max(number) FROM migration.applied"));
        Assert.Equal("0", await superuser.LineAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'vault'::regnamespace"));

        await superuser.ExecuteAsync("DROP EVENT TRIGGER cut_off; DROP FUNCTION public.cut_off()");
        Assert.Equal(new MigrationOutcome.Migrated(Migration.All.Count - before, Migration.All[^1].Number), await MigrateAsync());
        Assert.Equal("", await DifferencesAsync());
    }

    [Fact]
    public async Task Passwords_stand_as_verifiers_and_roles_that_do_not_log_in_have_none()
    {
        await using Session superuser = await Session.AsSuperuserAsync(_beside);

        IReadOnlyList<string> others = await superuser.LinesAsync(
            """
            SELECT rolname || ' ' || coalesce(left(rolpassword, 19), 'none') FROM pg_authid
            WHERE rolname LIKE 'munshi\_%' AND (CASE WHEN rolcanlogin THEN coalesce(rolpassword, '') !~ '^SCRAM-SHA-256\$4096:' ELSE rolpassword IS NOT NULL END)
            """);

        Assert.Empty(others);
    }

    [Fact]
    public void Migrations_are_numbered_from_one_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Number));

    [Fact]
    public async Task A_server_that_cannot_fold_indian_scripts_is_refused()
    {
        string directory = Directory.CreateTempSubdirectory("mc-").FullName;
        ServerPrograms programs = await ClusterBench.ProgramsAsync();
        NativeFile.SetMode(directory, (UnixFileMode)0b111_000_000);
        if (ClusterBench.Account.IsSwitched)
        {
            NativeFile.ChangeOwner(directory, ClusterBench.Account.UserId, ClusterBench.Account.GroupId);
        }

        string data = Path.Combine(directory, "pg");
        CommandResult made = await ClusterBench.Command.RunAsync(programs.InitDb, ["-D", data, "-U", "postgres", "-A", "trust", "--locale=C", "-E", "UTF8", "-N"], Cancellation);
        Assert.True(made.Succeeded, made.Errors);
        CommandResult started = await ClusterBench.Command.RunAsync(
            programs.Control, ["start", "-D", data, "-w", "-l", "/dev/null", "-o", $"-c listen_addresses= -c unix_socket_directories={directory}"], Cancellation);
        Assert.True(started.Succeeded, started.Errors);
        try
        {
            Migrator migrator = new(new DatabaseAddress(directory, 5432, "munshi"), postgres.Secrets, TimeProvider.System);

            MigrationOutcome.Refused refused = Assert.IsType<MigrationOutcome.Refused>(await migrator.MigrateAsync(Cancellation));

            Assert.Equal("The server's character type is C, which cannot fold Indian scripts; make the cluster with --locale=C.UTF-8.", refused.Sentence);
        }
        finally
        {
            await ClusterBench.Command.RunAsync(programs.Control, ["stop", "-D", data, "-m", "immediate", "-w"], CancellationToken.None);
            Directory.Delete(directory, recursive: true);
        }
    }

    private Task<MigrationOutcome> MigrateAsync() => new Migrator(_address, postgres.Secrets, TimeProvider.System).MigrateAsync(Cancellation);

    private async Task<string> DifferencesAsync()
    {
        await using Session superuser = await Session.AsSuperuserAsync(_address);
        return string.Join('\n', DatabaseManifest.Compare(DatabaseManifest.Expected, await superuser.LinesAsync(DatabaseManifest.Describe)));
    }
}
