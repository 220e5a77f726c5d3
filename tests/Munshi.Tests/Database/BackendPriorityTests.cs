using Munshi.Database;
using Munshi.Tests.CommandLine;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Npgsql;

namespace Munshi.Tests.Database;

public sealed class BackendPriorityTests(CommandLineInstallation installation, PostgresTemplate postgres) : IClassFixture<CommandLineInstallation>
{
    private const string WhoWaits = "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE usename LIKE 'munshi%' AND wait_event_type = 'Lock'";

    [Fact]
    public async Task What_is_started_with_nice_is_done_nicely_by_the_database_too()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using NpgsqlConnection watching = await AdminAsync();
        await using NpgsqlConnection admin = await AdminAsync();
        await using NpgsqlTransaction holding = await admin.BeginTransactionAsync(cancellation);
        await using (NpgsqlCommand hold = new("LOCK TABLE ledger.entry", admin))
        {
            await hold.ExecuteNonQueryAsync(cancellation);
        }

        Task<ProgramResult> verifying = MunshiProgram.RunNicelyAsync("ledger", "verify", "--data", installation.DataDirectory);
        int backend = 0;
        await Eventually.TrueAsync(async () =>
        {
            await using NpgsqlCommand ask = new(WhoWaits, watching);
            backend = (int)(await ask.ExecuteScalarAsync(cancellation))!;
            return backend > 0;
        });

        Assert.Equal("10", NiceOf(backend));
        await holding.RollbackAsync(cancellation);
        Assert.Equal(0, (await verifying).ExitCode);
    }

    [Fact]
    public async Task Whatever_a_program_that_gives_way_asks_is_done_nicely()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        await using Databases nicely = new(database.Address, postgres.Secrets, isLowered: true);
        await using NpgsqlConnection session = await nicely.Reader.OpenSessionAsync(TestContext.Current.CancellationToken);
        int pooled = await nicely.App.RowAsync(Guid.CreateVersion7(), new Statement("SELECT pg_backend_pid()"), reader => reader.GetInt32(0), TestContext.Current.CancellationToken);

        Assert.Equal(("10", "10"), (NiceOf(session.ProcessID), NiceOf(pooled)));
    }

    private Task<NpgsqlConnection> AdminAsync() => new AdminDatabase(installation.Address).OpenAsync(installation.Address.Database, TestContext.Current.CancellationToken);

    /// <summary>proc(5): the 19th field of /proc/pid/stat is the nice value; the second, in brackets, may hold blanks.</summary>
    private static string NiceOf(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }
}
