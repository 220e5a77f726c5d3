using System.Diagnostics;
using System.Text;
using Munshi.Ledger;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

/// <summary>Runs what <c>docs/data-format.md</c> tells its readers to run.</summary>
public sealed class DataFormatDocumentTests(PostgresTemplate postgres)
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Root(), "docs", "data-format.md"));

    [Fact]
    public async Task The_shell_line_that_checks_a_row_gives_the_row_s_hash()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);

        string[] lines = [Line("{ printf"), Line("psql -XAtc \"SELECT encode"), Line("psql -XAtc \"SELECT split_part")];
        string[] answers = [.. await Task.WhenAll(lines.Select(line => RunAsync(audited.Database, log, 1, line)))];

        string stored = await audited.Database.ScalarAsync<string>($"SELECT encode(row_hash, 'hex') FROM ledger.entry WHERE client_id = '{log}' AND seq = 1");
        Assert.Equal([$"{stored}  -\n", $"{stored}\n", $"previous {stored}\n"], answers);
    }

    [Fact]
    public void The_document_s_leaf_has_the_length_and_the_hash_that_it_says()
    {
        int start = Document.IndexOf("munshi-leaf/1\nlog", StringComparison.Ordinal);
        byte[] leaf = Encoding.ASCII.GetBytes(Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(leaf));
        Assert.Contains($"has {leaf.Length} bytes and the row hash `{LedgerLeaf.RowHash(leaf)}`", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_s_erasure_record_has_the_length_and_the_hash_that_it_says()
    {
        int start = Document.IndexOf("munshi-erasure/1\norigin", StringComparison.Ordinal);
        byte[] text = Encoding.ASCII.GetBytes(Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)]);

        Assert.Contains($"has {text.Length} bytes and the SHA-256 `{Ledger.Erasures.ErasureRecord.Parse(text)!.Commit()}`", Document, StringComparison.Ordinal);
    }

    private static string Line(string beginning) =>
        Assert.Single(Document.Split('\n'), line => line.StartsWith(beginning, StringComparison.Ordinal));

    private async Task<string> RunAsync(TestDatabase database, Guid log, long seq, string line)
    {
        ProcessStartInfo start = new("bash", ["-c", line])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = database.Address.Host,
                ["PGPORT"] = $"{database.Address.Port}",
                ["PGDATABASE"] = database.Address.Database,
                ["PGUSER"] = "munshi_reader",
                ["PGPASSWORD"] = postgres.Secrets[Munshi.Database.DatabaseRole.Reader],
                ["LOG"] = $"{log}",
                ["SEQ"] = $"{seq}",
            },
        };
        using Process process = Process.Start(start)!;
        string answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return answer;
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Munshi.slnx")))
        {
            directory = directory.Parent;
        }

        return Assert.IsType<DirectoryInfo>(directory).FullName;
    }
}
