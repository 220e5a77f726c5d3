using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

public sealed class DateOrderTests
{
    [Theory]
    [InlineData("2024/12/01, 10:00 - A: x", DateOrder.YearMonthDay)] // 1 December, never 12 January
    [InlineData("01.12.24, 10:00 - A: x", DateOrder.DayMonthYear)]
    [InlineData("01-12-2024 10:00 - A: x", DateOrder.DayMonthYear)]
    public void Year_first_dots_and_dashes_settle_the_order(string text, DateOrder order) =>
        AssertOrder(text, order, DateOrderGround.Certain);

    [Theory]
    [InlineData("1/2/24, 10:00 - A: x\n13/2/24, 10:00 - A: y", DateOrder.DayMonthYear)]
    [InlineData("1/2/24, 10:00 - A: x\n2/13/24, 10:00 - A: y", DateOrder.MonthDayYear)]
    public void A_number_above_12_anywhere_in_the_file_settles_the_order(string text, DateOrder order) =>
        AssertOrder(text, order, DateOrderGround.Certain);

    [Theory]
    [InlineData("11/1/24, 10:00 - A: x\n12/1/24, 10:00 - A: y\n1/2/24, 10:00 - A: z", DateOrder.DayMonthYear)] // back-steps
    [InlineData("1/11/24, 10:00 - A: x\n1/12/24, 10:00 - A: y\n2/1/24, 10:00 - A: z", DateOrder.MonthDayYear)]
    [InlineData("1/2/24, 10:00 - A: x\n2/2/24, 10:00 - A: y\n3/2/24, 10:00 - A: z", DateOrder.DayMonthYear)] // the day changes more often
    [InlineData("12/1/26, 10:00 - A: x", DateOrder.DayMonthYear)] // 1 December 2026 is not yet
    [InlineData("3/4/21, 10:00 - A: IMG-20210304-WA0001.jpg (file attached)", DateOrder.MonthDayYear)] // the file's own date
    public void Other_evidence_is_weighed(string text, DateOrder order) => AssertOrder(text, order, DateOrderGround.Inferred);

    [Theory]
    [InlineData("[03/04/21, 2:05:07 PM] A: x", DateOrder.DayMonthYear, DateOrderGround.Leaning)]
    [InlineData("3/4/21, 2:05 PM - A: x", DateOrder.MonthDayYear, DateOrderGround.Guessed)]
    [InlineData("3/4/21, 14:05 - A: x", DateOrder.DayMonthYear, DateOrderGround.Guessed)]
    public void Without_evidence_the_order_is_named_uncertain(string text, DateOrder order, DateOrderGround ground)
    {
        AssertOrder(text, order, ground);
        Assert.Equal(ExportProblemKind.DateOrderUncertain, Assert.Single(ExportText.Read(text).Export.Problems).Kind);
    }

    [Fact]
    public void The_caller_s_word_overrides()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("3/4/21, 14:05 - A: x", DateOrder.MonthDayYear);

        Assert.Equal(new DateTime(2021, 3, 4, 14, 5, 0), Assert.Single(messages).At);
        Assert.Empty(export.Problems);
    }

    [Fact]
    public void Days_and_months_above_12_in_both_places_contradict()
    {
        (_, ChatExport export) = ExportText.Read("13/1/24, 10:00 - A: x\n1/13/24, 10:00 - A: y\n14/1/24, 10:00 - A: z");

        Assert.Contains(export.Problems, problem => problem.Kind == ExportProblemKind.DateOrderContradicts);
    }

    [Fact]
    public void A_few_lines_that_contradict_many_do_not_turn_the_order()
    {
        string text = string.Concat(Enumerable.Range(13, 15).Select(day => $"{day}/1/24, 10:00 - A: x\n")) + "1/31/24, 10:00 - pasted\n";

        (_, ChatExport export) = ExportText.Read(text);

        Assert.Equal((DateOrder.DayMonthYear, DateOrderGround.Inferred), (export.Order, export.Ground));
        Assert.Contains(export.Problems, problem => problem.Kind == ExportProblemKind.DateOrderContradicts);
    }

    private static void AssertOrder(string text, DateOrder order, DateOrderGround ground)
    {
        (_, ChatExport export) = ExportText.Read(text);

        Assert.Equal((order, ground), (export.Order, export.Ground));
    }
}
