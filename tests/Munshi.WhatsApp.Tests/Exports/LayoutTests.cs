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
        { "31/12/20, 9:41\u202Fp. m. - Asha: hello", 0 },
        { "31/12/2020, 9:41\u00A0p.\u00A0m. \u2013 Asha: hello", 0 },
        { "31.12.2020 klo 21.41 - Asha: hello", 0 },
        { "21:41, 31/12/2020 - Asha: hello", 0 },
        { "9:41 CH, 31/12/2020 - Asha: hello", 0 },
        { "2020. 12. 31. 오후 9:41 - Asha: hello", 0 },
        { "31.12.2020. 21:41 - Asha: hello", 0 },
        { "31/12/2563 BE, 21:41 - Asha: hello", 0 },
        { "31/12/2563, 21:41 - Asha: hello", 0 },
        { "R2/12/31 21:41 - Asha: hello", 0 },
        { "12/31/2 R, 9:41 PM - Asha: hello", 0 },
        { "[令和2/12/31 21:41:05] Asha: hello", 5 },
        { "[۱۳۹۹/۱۰/۱۱، ۲۱:۴۱:۰۵] Asha: hello", 5 },
        { "[11/10/1399 AP, 21:41:05] Asha: hello", 5 },
        { "[31.12.20, 9:41:05 PM] Asha: hello", 5 },
        { "[2020/12/31 下午9:41:05] Asha: hello", 5 },
        { "\u200E[31/12/2020, 21:41:05] Asha: hello", 5 },
        { "[31/12/2020,\t21:41:05] Asha: hello", 5 },
        { "31/12/20, 9:41\u2009PM - Asha: hello", 0 },
        { "2020-12-31, 9:41 em - Asha: hello", 0 },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Each_layout_gives_time_sender_and_text(string line, int seconds)
    {
        ExportMessage message = Assert.Single(ExportText.Read(line).Messages);

        Assert.Equal(new DateTime(2020, 12, 31, 21, 41, seconds), message.At);
        Assert.Equal(("Asha", "hello", ExportKind.Text), (message.From, message.Text, message.Kind));
    }

    /// <summary>9:41 in the evening, the half of the day as the CLDR writes it; full stops, spaces and case do not matter.</summary>
    [Theory]
    [InlineData("PM")]
    [InlineData("p.m.")]
    [InlineData("p. m.")]
    [InlineData("م")]
    [InlineData("ب.ظ")]
    [InlineData("下午")]
    [InlineData("午後")]
    [InlineData("오후")]
    [InlineData("अपराह्न")]
    [InlineData("CH")]
    [InlineData("ÖS")]
    [InlineData("ΜΜ")]
    [InlineData("μμ")]
    [InlineData("μ.μ.")]
    [InlineData("em")]
    [InlineData("du.")]
    [InlineData("odp.")]
    [InlineData("ip.")]
    [InlineData("f.h.", 9)]
    [InlineData("রাত")]
    [InlineData("रात")]
    [InlineData("晚上")]
    [InlineData("de la noche")]
    [InlineData("सुबह", 9)]
    [InlineData("早上", 9)]
    public void The_half_of_the_day_is_read_in_every_language(string word, int hour = 21)
    {
        foreach (string time in (string[])[$"9:41 {word}", $"{word}9:41", $"9:41\u202F{word.ToLowerInvariant()}"])
        {
            (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read($"31/12/2020, {time} - Asha: hello");

            Assert.Equal(new DateTime(2020, 12, 31, hour, 41, 0), Assert.Single(messages).At);
            Assert.Empty(export.Problems);
        }
    }

    [Theory]
    [InlineData("H30/12/31 21:41 - A: x", 2018)]
    [InlineData("R4/12/31 21:41 - A: x", 2022)]
    [InlineData("12/31/2565 BE, 21:41 - A: x", 2022)]
    [InlineData("31/12/22, 21:41 - A: x", 2022)]
    public void Years_of_other_calendars_are_read(string line, int year) =>
        Assert.Equal(new DateTime(year, 12, 31, 21, 41, 0), Assert.Single(ExportText.Read(line).Messages).At);

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
        Assert.Equal(messages.Select(message => message with { Offset = 0, Length = 0, IsCut = false }), windows.Select(message => message with { Offset = 0, Length = 0 }));
    }

    [Fact]
    public void Utf8_with_a_mark_and_utf16_are_read_as_utf8_without()
    {
        const string Text = "13/01/21, 10:00 - আশা: নমস্কার\n";

        ExportMessage plain = Assert.Single(ExportText.Read(Text).Messages);

        Assert.Equal(plain, Assert.Single(ExportText.Read([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Text)]).Messages));
        Assert.Equal(plain, Assert.Single(ExportText.Read([0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(Text)]).Messages));
        Assert.Equal(plain, Assert.Single(ExportText.Read(System.Text.Encoding.Unicode.GetBytes(Text)).Messages));
        Assert.Equal(plain, Assert.Single(ExportText.Read(System.Text.Encoding.BigEndianUnicode.GetBytes(Text)).Messages));
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

    [Fact]
    public void A_word_beside_a_24_hour_clock_is_no_half_of_the_day()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("13/01/21, 9:41 xyz - A: x\n13/01/21, 21:41 xyz - A: y\n");

        Assert.Equal([9, 21], messages.Select(message => message.At.Hour));
        Assert.Empty(export.Problems);
    }

    [Fact]
    public void The_layout_of_the_first_line_holds_where_a_longer_chat_of_another_was_pasted()
    {
        string pasted = string.Concat(Enumerable.Range(10, 20).Select(minute => $"[1/13/21, 9:{minute}:05 PM] C: pasted\n"));

        (IReadOnlyList<ExportMessage> messages, _) = ExportText.Read($"13/01/21, 10:00 - A: see\n{pasted}13/01/21, 10:01 - B: ok\n");

        Assert.Equal(["see\n" + pasted.TrimEnd(), "ok"], messages.Select(message => message.Text));
    }

    [Fact]
    public void Where_records_end_with_crlf_a_message_behind_a_bare_lf_is_pasted_text()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read(
            "[13/01/21, 10:00:00] A: look\n[12/01/21, 09:00:00] B: pasted\n[14/01/21, 09:00:00] A: forged\r\n[13/01/21, 10:01:00] B: ok\r\n[13/01/21, 10:02:00] A: yes\r\n");

        Assert.Equal(["look\n[12/01/21, 09:00:00] B: pasted\n[14/01/21, 09:00:00] A: forged", "ok", "yes"], messages.Select(message => message.Text));
        Assert.Equal(new ExportProblem(ExportProblemKind.PastedMessage, 2, 2), Assert.Single(export.Problems));
    }

    [Fact]
    public void Where_all_lines_end_alike_a_run_of_older_lines_with_people_who_never_wrote_is_pasted_text()
    {
        const string Pasted = "12/01/21, 09:00 - A: do you have it?\n12/01/21, 09:05 - C: yes\nin blue\n12/01/21, 09:06 - C: come by\n";

        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read(
            Android(20) + "14/01/21, 10:00 - A: look what they said\n" + Pasted + "14/01/21, 10:02 - B: ok\n");

        Assert.Equal(22, messages.Count);
        Assert.Equal(["look what they said\n" + Pasted.TrimEnd(), "ok"], messages.Skip(20).Select(message => message.Text));
        Assert.Equal(new ExportProblem(ExportProblemKind.PastedMessage, 22, 3), Assert.Single(export.Problems));
    }

    [Theory]
    [InlineData("12/01/21, 09:00 - A: late\n12/01/21, 09:05 - B: too\n")]
    [InlineData("14/01/21, 09:00 - C: new here\n12/01/21, 09:05 - C: late\n")]
    [InlineData("14/01/21, 09:00 - D: new here\n12/01/21, 09:05 - C: late\n")]
    public void Messages_that_came_late_in_a_chat_or_group_stay_messages(string late) =>
        Assert.Equal(22, ExportText.Read(Android(20) + late).Messages.Count);

    [Fact]
    public void Parts_with_different_line_ends_are_both_read()
    {
        string old = string.Concat(Enumerable.Range(10, 30).Select(minute => $"[13/01/21, 10:{minute}:00] A: old\r\n"));
        string later = string.Concat(Enumerable.Range(10, 30).Select(minute => $"[13/01/21, 11:{minute}:00] B: new\n"));

        Assert.Equal(60, ExportText.Read(old + later).Messages.Count);
        Assert.Equal(60, ExportText.Read(later.Replace("/21, 11", "/21, 09", StringComparison.Ordinal) + old).Messages.Count);
    }

    [Fact]
    public void Time_that_runs_back_by_more_than_a_day_is_told()
    {
        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read("15/01/21, 10:00 - A: x\n15/01/21, 09:50 - B: late\n13/01/21, 10:01 - B: y\n");

        Assert.Equal([15, 15, 13], messages.Select(message => message.At.Day));
        Assert.Equal(new ExportProblem(ExportProblemKind.TimeRunsBack, 3, 1), Assert.Single(export.Problems));
    }

    [Theory]
    [InlineData("13/01/21, 10:00 - A: x\n13/01/21, 10:01 - B: cut of")]
    [InlineData("13/01/21, 10:00 - A: x\n13/01/21, 10:0")]
    public void A_file_that_stops_in_a_line_says_so(string text)
    {
        (_, ChatExport export) = ExportText.Read(text);

        Assert.Equal(new ExportProblem(ExportProblemKind.EndsWithoutLineBreak, 2, 1), Assert.Single(export.Problems));
        RawText.AssertWhole(System.Text.Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void Every_record_has_its_place_and_its_own_bytes()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("My chat\r\n\r\n[13/01/21, 10:00:00] A: one\ntwo\r\n[13/01/21, 10:01:00] B: नमस्ते\r\n");
        ExportText.WithFile(text, path =>
        {
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(ExportText.Open(path, null)).Export;
            ExportMessage[] messages = [.. export.Read(keepRaw: true, CancellationToken.None)];

            Assert.Equal("[13/01/21, 10:00:00] A: one\ntwo\r\n"u8.ToArray(), messages[0].Raw);
            Assert.Equal([(11L, 33), (44L, 44)], messages.Select(message => (message.Offset, message.Length)));
            Assert.Equal("My chat\r\n\r\n"u8.ToArray(), export.Preamble.ToArray());
            return 0;
        });

        RawText.AssertWhole(text);
    }

    private static string Android(int messages) => string.Concat(Enumerable.Range(10, messages).Select(minute => $"13/01/21, 10:{minute} - {(minute % 2 == 0 ? "A" : "B")}: said {minute}\n"));
}
