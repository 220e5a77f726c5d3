using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Tests.Exports.Generated;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>Made-up chats, written as phones of many countries write them, are read back as they were.</summary>
public sealed class GeneratedExportTests
{
    private const int Messages = 300;

    private static readonly ChatModel Chat = ChatModel.Generate(seed: 11, Messages);

    private static readonly PhoneLocale Android = PhoneLocale.All.First(locale => locale.Name == "android en-GB");
    private static readonly PhoneLocale Apple = PhoneLocale.All.First(locale => locale.Name == "ios de");

    public static TheoryData<string, bool> Phones
    {
        get
        {
            TheoryData<string, bool> phones = [];
            foreach (PhoneLocale locale in PhoneLocale.All)
            {
                phones.Add(locale.Name, false);
                phones.Add(locale.Name, true);
            }

            return phones;
        }
    }

    [Theory]
    [MemberData(nameof(Phones))]
    public void Every_message_comes_back_as_it_was(string phone, bool withMedia)
    {
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            ChatRendering rendering = new() { Locale = PhoneLocale.All.First(locale => locale.Name == phone), WithMedia = withMedia };

            (byte[] text, IReadOnlyList<ExpectedRecord> expected) = rendering.Render(ChatModel.Generate(seed, Messages));
            (IReadOnlyList<ExportMessage> read, ChatExport export) = ExportText.Read(text);

            Assert.Equal(expected, Found(expected, read));
            Assert.Equal(expected.Count, read.Count);
            Assert.Empty(export.Problems);
        }
    }

    [Theory]
    [MemberData(nameof(Phones))]
    public void The_records_bytes_are_the_file_s_bytes(string phone, bool withMedia)
    {
        ChatRendering rendering = new() { Locale = PhoneLocale.All.First(locale => locale.Name == phone), WithMedia = withMedia };

        (byte[] text, _) = rendering.Render(Chat);

        RawText.AssertWhole(text);
    }

    [Fact]
    public void Windows_that_overlap_give_the_same_records_where_they_do()
    {
        foreach (PhoneLocale locale in PhoneLocale.All)
        {
            ChatRendering rendering = new() { Locale = locale, WithMedia = !locale.IsApple };
            IReadOnlyList<ExportMessage> older = ExportText.Read(rendering.Render(Chat).Text).Messages;
            (byte[] text, IReadOnlyList<ExpectedRecord> expected) = (rendering with { Window = 120..260 }).Render(Chat);

            IReadOnlyList<ExportMessage> newer = ExportText.Read(text).Messages;

            Assert.Equal(140, newer.Count);
            Assert.Equal(expected, Found(expected, newer));
            Assert.Equal(older.Skip(120).Take(140).Select(Told), newer.Select(Told));
        }
    }

    [Fact]
    public void A_second_more_or_less_changes_only_the_time()
    {
        ChatRendering rendering = new() { Locale = Apple };
        IReadOnlyList<ExportMessage> one = ExportText.Read(rendering.Render(Chat).Text).Messages;

        IReadOnlyList<ExportMessage> other = ExportText.Read((rendering with { JitterSeed = 5 }).Render(Chat).Text).Messages;

        Assert.Equal(one.Select(Told), other.Select(Told));
        Assert.All(one.Zip(other), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 0, 1));
        Assert.NotEqual(one.Select(message => message.At), other.Select(message => message.At));
    }

    [Fact]
    public void Another_zone_shifts_every_time_alike()
    {
        ChatRendering rendering = new() { Locale = Android };
        IReadOnlyList<ExportMessage> home = ExportText.Read(rendering.Render(Chat).Text).Messages;

        IReadOnlyList<ExportMessage> abroad = ExportText.Read((rendering with { Zone = TimeSpan.FromHours(-3) }).Render(Chat).Text).Messages;

        Assert.Equal(home.Select(message => message.At.AddHours(-8.5)), abroad.Select(message => message.At));
    }

    [Fact]
    public void A_renamed_contact_changes_only_the_name()
    {
        ChatRendering rendering = new() { Locale = Android };
        IReadOnlyList<ExportMessage> before = ExportText.Read(rendering.Render(Chat).Text).Messages;
        Dictionary<string, string> renames = new(StringComparer.Ordinal) { [ChatModel.Customer] = "+91 90000 00101" };

        IReadOnlyList<ExportMessage> after = ExportText.Read((rendering with { Renames = renames }).Render(Chat).Text).Messages;

        Assert.Equal(
            before.Select(message => (message.From == ChatModel.Customer ? "+91 90000 00101" : message.From, message.At, message.Text)),
            after.Select(message => (message.From, message.At, message.Text)));
    }

    [Fact]
    public void An_export_with_media_and_one_without_hold_the_same_messages()
    {
        foreach (PhoneLocale locale in PhoneLocale.All)
        {
            ChatRendering rendering = new() { Locale = locale };
            IReadOnlyList<ExportMessage> without = ExportText.Read(rendering.Render(Chat).Text).Messages;

            IReadOnlyList<ExportMessage> with = ExportText.Read((rendering with { WithMedia = true }).Render(Chat).Text).Messages;

            Assert.Equal(without.Select(message => (message.At, message.From, message.Kind)), with.Select(message => (message.At, message.From, message.Kind)));
            Assert.All(with, message => Assert.Equal(message.Kind is ExportKind.Media or ExportKind.Contact, message.Attachment is not null));
        }
    }

    [Fact]
    public void A_chat_that_a_member_pasted_stays_inside_its_message_where_the_phone_parts_records_with_crlf()
    {
        foreach (PhoneLocale locale in PhoneLocale.All.Where(locale => locale.IsApple))
        {
            ChatRendering rendering = new() { Locale = locale };
            string pasted = System.Text.Encoding.UTF8.GetString((rendering with { Window = 1..40 }).Render(ChatModel.Generate(77, 40)).Text).TrimEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
            ModelMessage[] messages = [.. Chat.Messages];
            messages[200] = messages[200] with { From = ChatModel.Customer, Kind = ExportKind.Text, Text = "they wrote:\n" + pasted + "\nthat was it", Edited = false, Media = MediaType.Unknown };

            (byte[] text, IReadOnlyList<ExpectedRecord> expected) = rendering.Render(new ChatModel(messages));
            (IReadOnlyList<ExportMessage> read, ChatExport export) = ExportText.Read(text);

            Assert.Equal(expected, Found(expected, read));
            Assert.Equal((ExportProblemKind.PastedMessage, 39), Assert.Single(export.Problems.Select(problem => (problem.Kind, (int)problem.Count))));
        }
    }

    private static IEnumerable<ExpectedRecord> Found(IReadOnlyList<ExpectedRecord> expected, IReadOnlyList<ExportMessage> read) =>
        read.Select((message, index) => ExpectedRecord.Of(index < expected.Count ? expected[index].Number : -1, message));

    /// <summary>All but where it stands, and the running number that a phone gives to a file.</summary>
    private static object Told(ExportMessage message) => (message.From, message.Kind, message.Text, message.Media, message.Edited);
}
