using System.Text.RegularExpressions;
using Munshi.Tests.Running;

namespace Munshi.Tests.Database;

/// <summary>Rules of the source text: there is one way to a connection, and no statement is put together from values.</summary>
public sealed partial class SourceTests
{
    /// <summary>Files outside the folder that hold a session, because they need its lock or its notifications.</summary>
    private static readonly string[] SessionHolders = ["Audit/Checkpoints/CheckpointSession.cs", "Audit/EntryReader.cs", "Audit/SequencerSession.cs", "Audit/Verifying/RangeSession.cs"];

    [Fact]
    public void Only_the_database_folder_makes_connections() =>
        Assert.DoesNotContain(Sources(), file => !InDatabase(file) && Connection().IsMatch(Read(file)));

    [Fact]
    public void Only_the_database_folder_and_its_session_holders_make_commands() =>
        Assert.Equal(SessionHolders, Sources().Where(file => !InDatabase(file) && Command().IsMatch(Read(file))));

    [Fact]
    public void No_statement_is_interpolated_or_joined() => Assert.DoesNotContain(Sources(), file => PutTogether().IsMatch(Read(file)));

    [Theory]
    [InlineData("new Statement($\"SELECT {x}\")")]
    [InlineData("new Statement(\n    $\"\"\"\n    SELECT\n    \"\"\")")]
    [InlineData("new Statement(\"SELECT \" + x)")]
    [InlineData("command.CommandText = $\"SELECT\"")]
    [InlineData("new NpgsqlCommand($\"SELECT\", connection)")]
    [InlineData("new NpgsqlBatchCommand(@$\"SELECT\")")]
    [InlineData("source.CreateCommand($\"SELECT\")")]
    [InlineData("new Statement(string.Format(\"SELECT {0}\", x))")]
    public void The_rule_recognises_what_it_forbids(string text) => Assert.Matches(PutTogether(), text);

    private static bool InDatabase(string file) => file.StartsWith("Database/", StringComparison.Ordinal);

    /// <summary>Relative to <c>src/Munshi</c>.</summary>
    private static string[] Sources()
    {
        string root = RepositoryFiles.Path("src/Munshi");
        string[] files =
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file))
                .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Contains("Database/Databases.cs", files);
        return files;
    }

    private static string Read(string file) => File.ReadAllText(RepositoryFiles.Path($"src/Munshi/{file}"));

    [GeneratedRegex(@"new\s+(Npgsql\.)?(NpgsqlConnection|NpgsqlDataSourceBuilder|NpgsqlSlimDataSourceBuilder|NpgsqlConnectionStringBuilder)\b|NpgsqlDataSource\.Create|(NpgsqlConnection|NpgsqlDataSource)\s+\w+\s*=\s*new\(")]
    private static partial Regex Connection();

    [GeneratedRegex(@"new\s+(Npgsql\.)?(NpgsqlCommand|NpgsqlBatch)\b|(NpgsqlCommand|NpgsqlBatch)\s+\w+\s*=|\.CreateBatch\(|OpenSessionAsync\(")]
    private static partial Regex Command();

    [GeneratedRegex(@"(new\s+(Statement|NpgsqlCommand|NpgsqlBatchCommand)\s*\(|CommandText\s*=|CreateCommand\s*\()\s*(\$|@\$|string\.|""[^""\n]*""\s*\+)")]
    private static partial Regex PutTogether();
}
