using Munshi.Database;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Database;

public sealed class BackendPriorityTests(PostgresTemplate postgres)
{
    /// <summary>proc(5): the 19th field of /proc/pid/stat is the nice value; the second, in brackets, may hold blanks.</summary>
    [Fact]
    public async Task What_is_asked_nicely_is_done_nicely_by_the_database()
    {
        await using TestDatabase database = await postgres.CloneAsync();
        await using NpgsqlConnection connection = await database.Databases.Reader.OpenSessionAsync(TestContext.Current.CancellationToken);

        BackendPriority.Lower(connection);

        Assert.Equal("10", NiceOf(connection.ProcessID));
    }

    private static string NiceOf(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }
}
