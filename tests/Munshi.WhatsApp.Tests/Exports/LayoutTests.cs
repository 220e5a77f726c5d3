using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>The header layouts that the observations list, one of each.</summary>
public sealed class LayoutTests
{
    /// <summary>31 December 2020, 21:41, as phones of several countries write it.</summary>
    public static TheoryData<string, int> Layouts => new()
    {
        { "12/31/20, 9:41 PM - Asha: hello", 0 },
        { "12/31/20, 9:41\u202FPM - Asha: hello", 0 },
        { "31/12/20, 9:41\u202Fpm - Asha: hello", 0 },
        { "31/12/2020, 21:41 - Asha: hello", 0 },
        { "31.12.20, 21:41 - Asha: hello", 0 },
        { "31.12.20 21:41 - Asha: hello", 0 },
        { "31-12-2020 21:41 - Asha: hello", 0 },
        { "31/12/2020 à 21:41 - Asha: hello", 0 },
        { "2020-12-31, 9:41 p.m. - Asha: hello", 0 },
        { "2020-12-31 21:41 - Asha: hello", 0 },
        { "2020/12/31, 21:41 - Asha: hello", 0 },
        { "2020/12/31 下午9:41 - Asha: hello", 0 },
        { "31/12/2020, 9:41 p.\u00A0m. - Asha: hello", 0 },
        { "[12/31/20, 9:41:05\u202FPM] Asha: hello", 5 },
        { "[31.12.20, 21:41:05] Asha: hello", 5 },
        { "[31/12/20 21.41.05] Asha: hello", 5 },
        { "[31.12.2020 klo 21.41.05] Asha: hello", 5 },
        { "[21:41:05, 31/12/2020] Asha: hello", 5 },
        { "[2020/12/31 21:41:05] Asha: hello", 5 },
        { "[٣١\u200F/١٢\u200F/٢٠٢٠، ٩:٤١:٠٥\u00A0م] Asha: hello", 5 },
        { "[\u200F31\u200F/12\u200F/2020، 21:41:05] Asha: hello", 5 },
        { "31/12/2020 21:41:05: Asha: hello", 5 },
        { "३१/१२/२०, ९:४१ अपराह्न - Asha: hello", 0 },
        { "৩১/১২/২০, ৯:৪১ অপরাহ্ণ - Asha: hello", 0 },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Each_layout_gives_time_sender_and_text(string line, int seconds)
    {
        ExportMessage message = Assert.Single(ExportText.Read(line).Messages);

        Assert.Equal(new DateTime(2020, 12, 31, 21, 41, seconds), message.At);
        Assert.Equal(("Asha", "hello", ExportKind.Text), (message.From, message.Text, message.Kind));
    }

    [Theory]
    [InlineData("1/13/21, 12:08 AM - A: x", 0)]
    [InlineData("1/13/21, 12:08 PM - A: x", 12)]
    [InlineData("1/13/21, 00:08 a. m. - A: x", 0)]
    [InlineData("1/13/21, 24:08 - A: x", 0)]
    public void Midnight_and_noon_are_told_apart(string line, int hour) =>
        Assert.Equal(new DateTime(2021, 1, 13, hour, 8, 0), Assert.Single(ExportText.Read(line).Messages).At);

    [Fact]
    public void Lines_end_as_the_phone_or_an_editor_ends_them()
    {
        const string Lf = "13/01/21, 10:00 - A: one\ntwo\n\nthree\n13/01/21, 10:01 - B: four";

        (IReadOnlyList<ExportMessage> messages, _) = ExportText.Read(Lf);
        (IReadOnlyList<ExportMessage> windows, _) = ExportText.Read(Lf.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");

        Assert.Equal(["one\ntwo\n\nthree", "four"], messages.Select(message => message.Text));
        Assert.Equal(messages, windows);
    }

    [Fact]
    public void Utf8_with_a_mark_and_utf16_are_read_as_utf8_without()
    {
        const string Text = "13/01/21, 10:00 - আশা: নমস্কার\n";

        ExportMessage plain = Assert.Single(ExportText.Read(Text).Messages);

        Assert.Equal(plain, Assert.Single(ExportText.Read([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Text)]).Messages));
        Assert.Equal(plain, Assert.Single(ExportText.Read([0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(Text)]).Messages));
        Assert.Equal(plain, Assert.Single(ExportText.Read([0xFE, 0xFF, .. System.Text.Encoding.BigEndianUnicode.GetBytes(Text)]).Messages));
    }

    [Fact]
    public void Pasted_lines_of_another_layout_stay_inside_their_message()
    {
        const string Text =
            """
            13/01/21, 10:00 - A: the log says
            2021-01-13 10:00:00 - started
            [1/13/21, 9:41:05 PM] C: pasted
            13/01/21, 10:01 - B: ok
            """;

        Assert.Equal(
            ["the log says\n2021-01-13 10:00:00 - started\n[1/13/21, 9:41:05 PM] C: pasted", "ok"],
            ExportText.Read(Text).Messages.Select(message => message.Text));
    }

    [Fact]
    public void A_date_that_cannot_be_is_text_and_is_told()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("13/01/21, 10:00 - A: x\n31/02/21, 10:00 - B: y\n");

        Assert.Equal("x\n31/02/21, 10:00 - B: y", Assert.Single(messages).Text);
        Assert.Equal(new ExportProblem(ExportProblemKind.ImpossibleDate, 2, 1), Assert.Single(export.Problems));
    }

    [Fact]
    public void An_unknown_half_of_the_day_is_told_and_not_guessed()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("13/01/21, 9:41 xyz - A: x");

        Assert.Equal(9, Assert.Single(messages).At.Hour);
        Assert.Equal(ExportProblemKind.UnknownDayPeriod, Assert.Single(export.Problems).Kind);
    }

    [Fact]
    public void Text_before_the_first_message_is_told()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("My chat\n\n13/01/21, 10:00 - A: x\n");

        Assert.Equal(3, Assert.Single(messages).Line);
        Assert.Equal(new ExportProblem(ExportProblemKind.TextBeforeFirstMessage, 1, 2), Assert.Single(export.Problems));
    }
}
