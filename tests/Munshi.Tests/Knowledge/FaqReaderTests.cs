using System.Text;
using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

public sealed class FaqReaderTests
{
    private const string Line = """{"id":"a","question":"Q","answer":"A"}""";

    [Fact]
    public void Csv_and_json_lines_of_the_same_faq_read_alike()
    {
        FaqEntry csv = Assert.Single(Entries("id,question,title,answer,examples\r\nprice,\"What, exactly?\",Prices,\"He said \"\"800\"\"\",one | two\r\n"));
        FaqEntry json = Assert.Single(Entries("""{"id":"price","question":"What, exactly?","title":"Prices","answer":"He said \"800\"","examples":["one","two"]}"""));

        Assert.Equal("price", csv.Id);
        Assert.Equal("What, exactly?", csv.Question);
        Assert.Equal("Prices", csv.Title);
        Assert.Equal("He said \"800\"", csv.Answer);
        Assert.Equal(["one", "two"], csv.Examples);
        Assert.Equivalent(csv, json, strict: true);
    }

    [Theory]
    [InlineData("ID,Answer,Question\na,A,Q")]
    [InlineData("\ufeffid,question,answer\na,Q,A\n\n")]
    [InlineData("id,question,title,answer,examples,note\na,Q,,A,,x\n,,,,,\n")]
    [InlineData("\ufeff{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"A\"}\n\n")]
    [InlineData("{\"id\":\"a\",\"question\":\"Q\",\"title\":null,\"answer\":\"A\",\"examples\":null,\"more\":1}")]
    public void Optional_parts_may_be_left_out(string text)
    {
        FaqEntry entry = Assert.Single(Entries(text));

        Assert.Equal(("a", "Q", null, "A"), (entry.Id, entry.Question, entry.Title, entry.Answer));
        Assert.Empty(entry.Examples);
    }

    [Fact]
    public void Examples_in_a_csv_cell_may_stand_on_lines() =>
        Assert.Equal(["one", "two", "three"], Assert.Single(Entries("id,question,answer,examples\na,Q,A,\"one\ntwo|three\n\"")).Examples);

    [Fact]
    public void A_line_separator_inside_json_text_is_part_of_it() =>
        Assert.Equal("one\u2028two", Assert.Single(Entries("{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"one\u2028two\"}")).Answer);

    [Fact]
    public void Every_problem_is_told_with_its_line_and_nothing_is_kept()
    {
        string text = string.Join('\n',
            Line,
            """{"id":"b c","question":"","answer":"A","title":"a title that is far too long"}""",
            "",
            """{"id":"a","question":"Q","answer":"A"}""",
            "{",
            """{"id":5,"question":"Q","answer":"A","examples":"x"}""");

        Assert.Equal(
            [(2, "id|question|title"), (4, "id"), (5, "line"), (6, "examples|id")],
            Problems(text)
                .GroupBy(problem => problem.Line)
                .Select(line => (line.Key, string.Join('|', line.Select(problem => problem.Field).Order(StringComparer.Ordinal)))));
        Assert.Contains("'a' is already used on line 1", Problems(text).Single(problem => problem.Line == 4).Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "file")]
    [InlineData("id,question,answer\n", 0, "file")]
    [InlineData("id,question\na,Q", 1, "line")]
    [InlineData("id,question,answer,id\na,Q,A,b", 1, "line")]
    [InlineData("id,question,answer\na,Q", 2, "line")]
    [InlineData("id,question,answer\n\n\na,\"Q\nQ\",A\nb,Q", 6, "line")]
    [InlineData("id,question,answer\na,\"Q,A\nb,Q,A", 2, "line")]
    [InlineData("id,question,answer\na,say \"hi\",A", 2, "line")]
    [InlineData("id,question,answer\na,\"Q\"x,A", 2, "line")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\",\"question\":\"Q\",\"answer\":\"A\"}", 1, "line")]
    [InlineData("{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"\\ud800\"}", 1, "line")]
    [InlineData("{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"x\\u0000\"}", 1, "answer")]
    [InlineData("{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"A\",\"examples\":[1]}", 1, "examples")]
    [InlineData("{\"id\":\"é\",\"question\":\"Q\",\"answer\":\"A\"}", 1, "id")]
    [InlineData("{\"id\":\"a\",\"question\":\"Q\",\"answer\":\"  \"}", 1, "answer")]
    public void A_malformed_file_is_refused_at_its_line(string text, int line, string field)
    {
        FaqProblem problem = Assert.Single(Problems(text));

        Assert.Equal((line, field), (problem.Line, problem.Field));
        Assert.NotEmpty(problem.Allowed);
    }

    [Theory]
    [InlineData(64, 500, 24, 4096, 50, 500, true)]
    [InlineData(65, 500, 24, 4096, 50, 500, false)]
    [InlineData(64, 501, 24, 4096, 50, 500, false)]
    [InlineData(64, 500, 25, 4096, 50, 500, false)]
    [InlineData(64, 500, 24, 4097, 50, 500, false)]
    [InlineData(64, 500, 24, 4096, 51, 500, false)]
    [InlineData(64, 500, 24, 4096, 50, 501, false)]
    public void Each_limit_is_kept_to_the_character(int id, int question, int title, int answer, int examples, int example, bool read)
    {
        string cell = string.Join('|', Enumerable.Repeat(new string('e', example), examples));
        string text = $"id,question,title,answer,examples\n{new string('i', id)},{new string('q', question)},{new string('t', title)},{new string('a', answer)},{cell}";

        Assert.Equal(read, FaqReader.Read(Encoding.UTF8.GetBytes(text)) is FaqReading.Read);
    }

    [Fact]
    public void Five_thousand_entries_are_read_and_one_more_is_refused()
    {
        string[] lines = [.. Enumerable.Range(0, FaqReader.MaxEntries + 1).Select(n => $"{{\"id\":\"e{n}\",\"question\":\"Q\",\"answer\":\"A\"}}")];

        Assert.Equal(FaqReader.MaxEntries, Entries(string.Join('\n', lines[..^1])).Count);
        Assert.Equal(FaqReader.MaxEntries + 1, Assert.Single(Problems(string.Join('\n', lines))).Line);
    }

    [Fact]
    public void At_most_a_hundred_problems_are_told() => Assert.Equal(FaqReader.MaxProblems, Problems(string.Join('\n', Enumerable.Repeat("{", 500))).Count);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_at_their_line() =>
        Assert.Equal(2, Assert.Single(Assert.IsType<FaqReading.Refused>(FaqReader.Read([.. "id,question,answer\na,"u8, 0xFF, .. ",A"u8])).Problems).Line);

    [Fact]
    public async Task More_than_ten_mebibytes_are_refused_without_being_read()
    {
        using MemoryStream content = new(new byte[3 * FaqReader.MaxBytes]);

        FaqReading reading = await FaqReader.ReadAsync(content, TestContext.Current.CancellationToken);

        Assert.Equal("file", Assert.Single(Assert.IsType<FaqReading.Refused>(reading).Problems).Field);
        Assert.InRange(content.Position, FaqReader.MaxBytes, FaqReader.MaxBytes + 100_000);
    }

    [Fact]
    public void Any_cut_of_a_file_ends_in_an_outcome()
    {
        byte[] csv = Encoding.UTF8.GetBytes("id,question,answer,examples\r\na,\"Q \"\"x\"\", \nनमस्ते\",A,\"e|f\"\r\n");
        byte[] json = Encoding.UTF8.GetBytes("""{"id":"a","question":"नमस्ते \"x\"","answer":"A","examples":["e"]}""");
        foreach (byte[] whole in new[] { csv, json })
        {
            for (int length = 0; length <= whole.Length; length++)
            {
                Assert.True(FaqReader.Read(whole.AsSpan(0, length)) is FaqReading.Read or FaqReading.Refused { Problems.Count: > 0 });
            }
        }
    }

    [Fact]
    public void The_demo_faq_keeps_its_answers_short() => Assert.All(SampleFaq.Entries, entry => Assert.InRange(entry.Answer.Length, 1, 400));

    private static IReadOnlyList<FaqEntry> Entries(string text) =>
        Assert.IsType<FaqReading.Read>(FaqReader.Read(Encoding.UTF8.GetBytes(text))).Entries;

    private static IReadOnlyList<FaqProblem> Problems(string text) =>
        Assert.IsType<FaqReading.Refused>(FaqReader.Read(Encoding.UTF8.GetBytes(text))).Problems;
}
