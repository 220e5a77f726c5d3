using Munshi.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Database;

public sealed class QueryFileTests(PostgresTemplate postgres)
{
    public static TheoryData<string> QueryFiles =>
        [.. Sql.Paths.Where(path => !path.StartsWith("Database/Migrations/", StringComparison.Ordinal) && !path.StartsWith("Database/Roles/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(QueryFiles))]
    public async Task Every_query_file_prepares_against_the_schema(string path)
    {
        await using TestDatabase database = await postgres.CloneAsync();

        Exception? failure = await Record.ExceptionAsync(() => database.AsSuperuserAsync($"PREPARE query AS {Sql.Read(path)}"));

        Assert.Null(failure);
    }
}
