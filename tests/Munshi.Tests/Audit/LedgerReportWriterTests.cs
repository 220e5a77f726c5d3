using Munshi.Audit;

namespace Munshi.Tests.Audit;

public sealed class LedgerReportWriterTests
{
    private static readonly Guid First = new("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Second = new("22222222-2222-4222-8222-222222222222");

    private static readonly LedgerReport Sound = new(
        [new LogReport { Log = First, Entries = 7, Pending = 1, Findings = [], FindingCount = 0 }], [], [], TimeSpan.FromMilliseconds(1234.5678));

    private static readonly LedgerReport Broken = Sound with
    {
        Logs =
        [
            Sound.Logs[0],
            new LogReport { Log = Second, Entries = 3, Pending = 0, Erased = 1, Lost = 2, Findings = [new LedgerFinding(Second, 2, FindingKind.RowHash, "aa", "bb")], FindingCount = 2 },
        ],
    };

    [Fact]
    public void A_line_a_log_and_the_total_last_for_programs()
    {
        Assert.Equal(
            """
            {"log":"11111111-1111-4111-8111-111111111111","entries":7,"ok":true,"pending":1,"erased":0,"lost":0,"firstBad":null,"findingCount":0,"findings":[]}
            {"entries":7,"ok":true,"erased":0,"lost":0,"firstBad":null,"seconds":1.235,"pending":1,"headsFileFindings":[],"instanceFindings":[]}

            """,
            Written(LedgerReportWriter.WriteJson, Sound));
    }

    [Fact]
    public void The_total_names_the_first_row_that_is_bad()
    {
        Assert.Equal(
            """{"entries":10,"ok":false,"erased":1,"lost":2,"firstBad":{"log":"22222222-2222-4222-8222-222222222222","seq":2,"kind":"row-hash","expected":"aa","found":"bb"},"seconds":1.235,"pending":1,"headsFileFindings":[],"instanceFindings":[]}""",
            Written(LedgerReportWriter.WriteJson, Broken).TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void People_read_what_was_found_where()
    {
        Assert.Equal(
            """
            11111111-1111-4111-8111-111111111111  7 entries, 1 waiting  ok
            22222222-2222-4222-8222-222222222222  3 entries, 0 waiting, 1 erased under a recorded case, 2 lost in a recorded restore  2 FOUND
                row-hash at 2: expected aa, found bb
                and 1 more
            10 entries in 2 logs, 1 erased, 2 lost, 1.2 s: NOT AS WRITTEN

            """,
            Written(LedgerReportWriter.WriteText, Broken));
    }

    private static string Written(Action<LedgerReport, TextWriter> write, LedgerReport report)
    {
        using StringWriter writer = new();
        write(report, writer);
        return writer.ToString();
    }
}
