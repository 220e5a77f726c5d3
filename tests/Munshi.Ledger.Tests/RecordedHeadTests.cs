using System.Text;

namespace Munshi.Ledger.Tests;

public sealed class RecordedHeadTests
{
    private const string Line =
        "2026-11-21T09:30:01.000000Z 6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0 42 " + Leaves.GoldenRowHash;

    [Fact]
    public void A_head_is_one_line_of_four_fields()
    {
        RecordedHead head = new(
            new DateTimeOffset(2026, 11, 21, 9, 30, 1, TimeSpan.Zero), Leaves.Golden.Log, 42, LedgerLeaf.RowHash(Leaves.GoldenBytes));

        Assert.Equal(Line, head.Encode());
        Assert.Equal(head, RecordedHead.Parse(Encoding.ASCII.GetBytes(Line)));
    }

    [Fact]
    public void Every_beginning_of_a_line_is_refused()
    {
        Assert.All(Enumerable.Range(0, Line.Length), length => Assert.Null(RecordedHead.Parse(Encoding.ASCII.GetBytes(Line[..length]))));
    }

    [Theory]
    [InlineData(" 42 ", " +42 ")]
    [InlineData(" 42 ", " 042 ")]
    [InlineData(" 42 ", " -42 ")]
    [InlineData(" 42 ", "  42 ")]
    [InlineData(" 42 ", " 42\u0000 ")]
    [InlineData("fd7435cc", "FD7435CC")]
    [InlineData("6f1d2c3b", "6F1D2C3B")]
    [InlineData("Z ", "+00:00 ")]
    [InlineData("0cab", "0cab\r")]
    [InlineData("0cab", "0cab ")]
    public void Anything_else_is_refused(string part, string instead)
    {
        string changed = Line.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Line, changed);

        Assert.Null(RecordedHead.Parse(Encoding.UTF8.GetBytes(changed)));
    }
}
