using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

public sealed class ServerLogTests
{
    [Fact]
    public void Only_the_newest_files_are_kept()
    {
        string directory = Directory.CreateTempSubdirectory("mc-").FullName;
        foreach (int day in Enumerable.Range(1, 20))
        {
            File.WriteAllText(Path.Combine(directory, $"postgresql-202611{day:00}-000000.log"), "");
        }

        File.WriteAllText(Path.Combine(directory, "start.log"), "");
        new ServerLog(directory).Prune();

        string[] left = [.. Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(ServerLog.KeptFiles + 1, left.Length);
        Assert.Equal("postgresql-20261107-000000.log", left[0]);
        Assert.Equal("start.log", left[^1]);
        Directory.Delete(directory, recursive: true);
    }

    // As PostgreSQL 15.18 wrote them.
    [Theory]
    [InlineData(
        "2026-11-21 10:00:00.000 UTC [7] LOG:  starting PostgreSQL 15.18\n"
        + "2026-11-21 10:00:00.100 UTC [9] FATAL:  the database system is starting up\n"
        + "2026-11-21 10:00:00.200 UTC [8] PANIC:  could not locate a valid checkpoint record\n"
        + "2026-11-21 10:00:00.300 UTC [7] LOG:  aborting startup due to startup process failure\n",
        "could not locate a valid checkpoint record.")]
    [InlineData(
        "initdb: error: could not create directory \"/x/pg_wal\": Read-only file system\ninitdb: removing contents of data directory \"/x\"\n",
        "could not create directory \"/x/pg_wal\": Read-only file system.")]
    [InlineData(
        "2026-11-21 10:00:00.000 UTC [7] LOG:  a\nSegmentation fault\npg_ctl: could not start server\nExamine the log output.\n",
        "Segmentation fault.")]
    [InlineData("", "it gave no reason.")]
    public void One_line_tells_the_cause(string output, string line) => Assert.Equal(line, FailureText.Of(output));
}
