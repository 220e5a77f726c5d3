using Munshi.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database;

public sealed class QueryFileTests(PostgresTemplate postgres)
{
    public static TheoryData<string> QueryFiles =>
        [.. Sql.Paths.Where(path => !path.StartsWith("Database/Migrations/", StringComparison.Ordinal) && !path.StartsWith("Database/Roles/", StringComparison.Ordinal))];

    /// <summary>The lock is PostgreSQL's own (<c>PreCommit_Notify</c> in <c>src/backend/commands/async.c</c>), held until the commit is flushed.</summary>
    [Fact]
    public async Task Nothing_notifies_within_a_transaction_that_writes_and_so_holds_up_the_commits_of_all_others()
    {
        await using TestDatabase database = await postgres.CloneAsync();

        Assert.All(QueryFiles, row => Assert.DoesNotContain("pg_notify", Sql.Read(row.Data), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, await database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosrc ~* 'notify'"));
    }

    [Theory]
    [MemberData(nameof(QueryFiles))]
    public async Task Every_query_file_prepares_against_the_schema(string path)
    {
        await using TestDatabase database = await postgres.CloneAsync();

        Exception? failure = await Record.ExceptionAsync(() => database.AsSuperuserAsync($"PREPARE query AS {Sql.Read(path)}"));

        Assert.Null(failure);
    }
}
