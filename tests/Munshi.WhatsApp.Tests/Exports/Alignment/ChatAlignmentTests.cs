using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;
using Munshi.WhatsApp.Tests.Exports.Generated;

namespace Munshi.WhatsApp.Tests.Exports.Alignment;

/// <summary>Two exports of one made-up chat: what is in both is found to be one, and nothing else.</summary>
public sealed class ChatAlignmentTests
{
    private const int Messages = 400;

    private static readonly PhoneLocale Android = PhoneLocale.All.First(locale => locale.Name == "android en-GB");
    private static readonly PhoneLocale Apple = PhoneLocale.All.First(locale => locale.Name == "ios en-US");

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        [ChatModel.Customer] = "Asha (saree)",
        [ChatModel.Shop] = "आप की दुकान",
    };

    [Fact]
    public void The_same_export_again_adds_nothing()
    {
        foreach (PhoneLocale locale in PhoneLocale.All)
        {
            ChatRendering phone = new() { Locale = locale };
            AssertFound(1, phone, phone);
        }
    }

    [Fact]
    public void A_longer_export_adds_its_tail_and_an_older_one_its_head()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            AssertFound(seed, new() { Locale = Android, Window = ..250 }, new() { Locale = Android });
            AssertFound(seed, new() { Locale = Apple, Window = 150.. }, new() { Locale = Apple });
            AssertFound(seed, new() { Locale = Android, Window = 200..320 }, new() { Locale = Android, Window = 100..260 });
        }
    }

    [Fact]
    public void A_second_more_or_less_makes_no_other_message()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            AssertFound(seed, new() { Locale = Apple, JitterSeed = 3 }, new() { Locale = Apple, JitterSeed = 4, Window = 100.. });
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-210)]
    [InlineData(345)]
    public void A_phone_that_travelled_tells_another_time_of_the_same_messages(int minutes)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            ChatRendering home = new() { Locale = Apple };
            AssertFound(seed, home with { Window = ..300 }, home with { Zone = home.Zone + TimeSpan.FromMinutes(minutes), JitterSeed = 5 });
        }
    }

    [Fact]
    public void People_who_were_renamed_are_the_same_people()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            AssertFound(seed, new() { Locale = Android, Window = ..300 }, new() { Locale = Android, Window = 120.., Renames = OtherNames });
        }
    }

    [Fact]
    public void An_export_with_media_and_one_without_are_twins()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            AssertFound(seed, new() { Locale = Android, WithMedia = true, Window = 200.. }, new() { Locale = Android });
            AssertFound(seed, new() { Locale = Apple, Window = ..300 }, new() { Locale = Apple, WithMedia = true, Window = 150.. });
        }
    }

    [Fact]
    public void Two_phones_of_different_kinds_countries_and_address_books_export_one_chat()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            AssertFound(
                seed,
                new() { Locale = Apple, WithMedia = true, Window = ..300 },
                new() { Locale = PhoneLocale.All.First(locale => locale.Name == "android hi"), Window = 100.., Zone = TimeSpan.FromHours(1), Renames = OtherNames });
        }
    }

    [Fact]
    public void Exports_from_before_and_after_edits_and_deletions_are_of_the_same_messages_in_either_order()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            ChatRendering before = new() { Locale = Apple, IsEarlier = true };
            AssertFound(seed, before with { Window = ..300 }, new() { Locale = Apple, Window = 100.., JitterSeed = 6 });
            AssertFound(seed, new() { Locale = Apple, Window = 100.. }, before with { Window = ..300 });
        }
    }

    [Fact]
    public void Phones_taken_at_random_export_one_chat()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            SeededNumbers numbers = new(seed + 1000);
            AssertFound(seed, ChatRendering.AtRandom(numbers), ChatRendering.AtRandom(numbers));
        }
    }

    [Fact]
    public void Equal_words_said_twice_stay_two_and_said_once_more_become_three()
    {
        ChatItem[] kept = [Said(0, "ok"), Said(1, "ok"), Said(5, "see you")];

        Assert.Equal([0, 1, 2], ChatAlignment.Of(kept, kept).Matches);
        ChatAlignment more = ChatAlignment.Of(kept, [Said(0, "ok"), Said(1, "ok"), Said(2, "ok"), Said(5, "see you")]);
        Assert.Equal(1, more.New);
        Assert.Equal(3, more.Matches[^1] + 1);
    }

    [Fact]
    public void Messages_that_were_edited_or_deleted_since_are_the_same_ones_changed()
    {
        ChatItem[] kept = [Said(0, "two metres please"), Said(1, "of the red one"), Said(2, "thank you")];
        ChatItem[] fresh = [Said(0, "three metres please") with { Edited = true }, Said(1, "") with { Class = BodyClass.Deleted }, Said(2, "thank you")];

        ChatAlignment alignment = ChatAlignment.Of(kept, fresh);

        Assert.Equal([0, 1, 2], alignment.Matches);
        Assert.Equal(2, alignment.Changed);
    }

    [Fact]
    public void A_clock_that_changed_in_the_middle_of_the_chat_is_followed()
    {
        ChatItem[] kept = [.. Enumerable.Range(0, 40).Select(i => Said(i * 3600, $"message number {i}"))];
        ChatItem[] fresh = [.. kept.Select((item, i) => item with { At = item.At + TimeSpan.FromHours(i < 20 ? 1 : 2) })];

        ChatAlignment alignment = ChatAlignment.Of(kept, fresh);

        Assert.Equal(Enumerable.Range(0, 40), alignment.Matches);
        Assert.Equal([TimeSpan.FromHours(1), TimeSpan.FromHours(2)], alignment.Shifts);
    }

    [Fact]
    public void A_message_that_came_late_and_stands_elsewhere_is_still_the_same_one()
    {
        ChatItem[] kept = [Said(0, "first of all"), Said(600, "sent long before"), Said(1800, "in between"), Said(3600, "last of all")];
        ChatItem[] fresh = [kept[0], kept[2], kept[3], kept[1]];

        Assert.Equal([0, 2, 3, 1], ChatAlignment.Of(kept, fresh).Matches);
    }

    [Fact]
    public void Another_chat_shares_nothing()
    {
        (_, ChatItem[] one) = Read(ChatModel.Generate(1, Messages), new() { Locale = Android });
        (_, ChatItem[] other) = Read(ChatModel.Generate(2, Messages), new() { Locale = Android });

        Assert.InRange(ChatAlignment.Of(one, other).Matches.Count(match => match >= 0), 0, 4); // each "ok" and "hello" of one minute
    }

    [Fact]
    public void Thousands_of_equal_messages_of_one_minute_are_matched_one_by_one()
    {
        ChatItem[] kept = [.. Enumerable.Range(0, 5_000).Select(_ => Said(0, "ok"))];

        Assert.Equal(Enumerable.Range(0, 5_000), ChatAlignment.Of(kept, kept).Matches);
        Assert.Equal(700, ChatAlignment.Of(kept, [.. kept, .. kept.Take(700)]).New);
    }

    [Fact]
    public void A_new_message_stands_behind_the_one_before_it()
    {
        ChatItem[] kept = [Said(0, "first of all"), Said(600, "last of all")];
        ChatItem[] fresh = [Said(-60, "before that"), Said(0, "first of all"), Said(300, "in between"), Said(600, "last of all"), Said(900, "after all")];

        ChatAlignment alignment = ChatAlignment.Of(kept, fresh);

        Assert.Equal([-1, 0, -1, 1, -1], alignment.Matches);
        Assert.Equal((-1, 0, 1), (alignment.After(0), alignment.After(2), alignment.After(4)));
    }

    private static ChatItem Said(int second, string words) => new()
    {
        At = new DateTime(2026, 3, 1, 9, 0, 0).AddSeconds(second),
        HasSeconds = true,
        From = "Asha",
        Class = BodyClass.Words,
        Body = BodyKey.Of(words),
        IsLong = words.Length >= 8,
    };

    private static void AssertFound(ulong seed, ChatRendering kept, ChatRendering fresh)
    {
        ChatModel chat = ChatModel.Generate(seed, Messages);
        (IReadOnlyList<ExpectedRecord> keptRecords, ChatItem[] keptItems) = Read(chat, kept);
        (IReadOnlyList<ExpectedRecord> freshRecords, ChatItem[] freshItems) = Read(chat, fresh);
        Dictionary<int, int> places = keptRecords.Index().ToDictionary(record => record.Item.Number, record => record.Index);

        ChatAlignment alignment = ChatAlignment.Of(keptItems, freshItems);

        Assert.Equal(freshRecords.Select(record => places.GetValueOrDefault(record.Number, -1)), alignment.Matches);
    }

    private static (IReadOnlyList<ExpectedRecord> Records, ChatItem[] Items) Read(ChatModel chat, ChatRendering phone)
    {
        (byte[] text, IReadOnlyList<ExpectedRecord> records) = phone.Render(chat);
        (IReadOnlyList<ExportMessage> read, ChatExport export) = ExportText.Read(text);
        Assert.Equal(records.Count, read.Count);
        return (records, [.. read.Select(message => ChatItem.Of(message, export.HasSeconds))]);
    }
}
