using System.Text;
using Munshi.Audit;
using Munshi.Import;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.WhatsApp.Tests;
using Munshi.WhatsApp.Tests.Exports.Generated;
using Munshi.Workspaces;

namespace Munshi.Tests.Import;

/// <summary>Several exports of one chat, in any order: what is new is added, nothing twice, and what stood is not changed.</summary>
public sealed class ReimportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Messages = 240;

    private static readonly PhoneLocale Android = PhoneLocale.All.First(locale => locale.Name == "android en-GB");
    private static readonly PhoneLocale Apple = PhoneLocale.All.First(locale => locale.Name == "ios en-US");
    private static readonly PhoneLocale Hindi = PhoneLocale.All.First(locale => locale.Name == "android hi");

    /// <summary>As the shop's phone has them: whoever helps there writes as the shop.</summary>
    private static readonly Dictionary<string, string> AtHome = new(StringComparer.Ordinal) { [ChatModel.Helper] = ChatModel.Shop };

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        [ChatModel.Customer] = "Asha (saree)",
        [ChatModel.Shop] = "आप की दुकान",
        [ChatModel.Helper] = "आप की दुकान",
    };

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pairs => [.. Phones.Keys];

    private static Dictionary<string, (ChatRendering First, ChatRendering Second)> Phones { get; } = new()
    {
        ["a longer one"] = (Of(Android) with { Window = ..150 }, Of(Android)),
        ["an older one"] = (Of(Apple) with { Window = 100.. }, Of(Apple) with { Window = ..160 }),
        ["seconds that moved"] = (Of(Apple) with { JitterSeed = 3, Window = ..200 }, Of(Apple) with { JitterSeed = 4, Window = 50.. }),
        ["renamed people"] = (Of(Android) with { Window = ..200 }, Of(Android) with { Window = 90.., Renames = Elsewhere }),
        ["with media behind without"] = (Of(Android) with { Window = ..200 }, Of(Android) with { WithMedia = true, Window = 60.. }),
        ["a phone that travelled"] = (Of(Apple) with { Window = ..180 }, Of(Apple) with { Zone = TimeSpan.FromHours(2), JitterSeed = 5 }),
        ["another phone, country and language"] = (Of(Apple) with { WithMedia = true, Window = ..180 }, Of(Hindi) with { Window = 60.., Zone = TimeSpan.FromHours(1), Renames = Elsewhere }),
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Exports_of_one_chat_merge_without_loss_or_doubles(string pair)
    {
        (ChatRendering first, ChatRendering second) = Phones[pair];
        ChatModel chat = ChatModel.Generate(7, Messages);
        string customer = shared.NewCustomer();
        HashSet<int> of = [.. first.Render(chat).Records.Select(record => record.Number)];
        int fresh = second.Render(chat).Records.Count(record => !of.Contains(record.Number));

        Assert.Equal(of.Count, (await ImportAsync(chat, first, customer)).Added);
        ImportOutcome.Imported added = await ImportAsync(chat, second, customer);
        ImportOutcome.Imported[] again = [await ImportAsync(chat, first, customer), await ImportAsync(chat, second, customer)];

        Assert.Equal((fresh, 0), (added.Added, added.Changed));
        Assert.Equal([(0, 0), (0, 0)], again.Select(import => ((int)import.Added, (int)import.Changed)));
        Assert.Equal(of.Count + fresh, (await _server.MessagesAsync(customer)).Count(message => message.RefersTo is null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Exports_of_phones_taken_at_random_merge_in_either_order_without_loss_or_doubles(ulong seed)
    {
        SeededNumbers numbers = new(seed);
        ChatRendering[] phones = [ChatRendering.AtRandom(numbers), ChatRendering.AtRandom(numbers)];
        ChatModel chat = ChatModel.Generate(seed, 420);
        int[] all = [.. phones.SelectMany(phone => phone.Render(chat).Records).Select(record => record.Number).Distinct()];
        foreach (ChatRendering[] order in (ChatRendering[][])[phones, [.. phones.Reverse()]])
        {
            string customer = shared.NewCustomer();
            await ImportAsync(chat, order[0], customer);
            await ImportAsync(chat, order[1], customer);
            ImportOutcome.Imported[] again = [await ImportAsync(chat, order[1], customer), await ImportAsync(chat, order[0], customer)];

            Assert.Equal(all.Length, (await _server.MessagesAsync(customer)).Count(message => message.RefersTo is null));
            Assert.Equal([(0, 0), (0, 0)], again.Select(import => (import.Added, import.Changed)));
        }
    }

    [Fact]
    public async Task What_two_windows_hold_stands_in_the_order_of_the_chat()
    {
        string customer = shared.NewCustomer();
        await ImportAsync("13/01/21, 10:00 - Asha: first\n13/01/21, 10:00 - Aparajita Sarees: second\n13/01/21, 10:00 - Asha: fourth\n", customer);

        ImportOutcome.Imported added = await ImportAsync(
            "13/01/21, 10:00 - Aparajita Sarees: second\n13/01/21, 10:00 - Asha: third\n13/01/21, 10:00 - Asha: fourth\n13/01/21, 10:00 - Asha: fifth\n", customer);

        Assert.Equal((2, 2), (added.Added, added.Already));
        Assert.Equal(["first", "second", "third", "fourth", "fifth"], (await _server.MessagesAsync(customer)).Select(message => message.Text));
    }

    [Fact]
    public async Task What_came_through_the_channel_is_not_added_again()
    {
        string customer = shared.NewCustomer();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        DateTimeOffset at = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        await meta.DeliverAsync(MetaPayload.Messages(TextAt(customer, "Is the blue one still there?", at), TextAt(customer, "And the price?", at.AddSeconds(4))), Cancellation);
        await _server.SettledAsync();
        int before = (await _server.MessagesAsync(customer)).Count;
        string Line(DateTimeOffset when, string said) => FormattableString.Invariant($"[{when.ToOffset(TimeSpan.FromHours(5.5)):dd/MM/yyyy, HH:mm:ss}] Asha: {said}\r\n");

        ImportOutcome.Imported imported = await ImportAsync(
            "[13/01/2021, 10:00:00] Aparajita Sarees: years ago\r\n" + Line(at.AddSeconds(1), "Is the blue one still there?") + Line(at.AddSeconds(4), "And the price?"), customer);

        Assert.Equal((1, 2), (imported.Added, imported.Already));
        Assert.Equal(before + 1, (await _server.MessagesAsync(customer)).Count);
    }

    [Fact]
    public async Task A_later_export_shows_what_was_edited_and_deleted_and_the_originals_stay()
    {
        string customer = shared.NewCustomer();
        await ImportAsync("13/01/21, 10:00 - Asha: two metres please\n13/01/21, 10:05 - Asha: of the red one\n13/01/21, 10:07 - Aparajita Sarees: thank you\n", customer);
        const string Later = "13/01/21, 10:00 - Asha: three metres please <This message was edited>\n13/01/21, 10:05 - Asha: This message was deleted\n13/01/21, 10:07 - Aparajita Sarees: thank you\n13/01/21, 11:00 - Asha: good day\n";

        ImportOutcome.Imported later = await ImportAsync(Later, customer);
        ImportOutcome.Imported again = await ImportAsync(Later + "13/01/21, 12:00 - Asha: bye\n", customer);

        Assert.Equal((1, 2), (later.Added, later.Changed));
        Assert.Equal((1, 0), (again.Added, again.Changed));
        StoredMessage[] stored = [.. await _server.MessagesAsync(customer)];
        Assert.Equal(["two metres please", "of the red one", "thank you"], stored[..3].Select(message => message.Text));
        Assert.Equal(["edit", "revoke"], stored.Where(message => message.RefersTo is not null).Select(message => message.Kind).Order());
        Assert.Equal("three metres please", stored.Single(message => message.Kind == "edit").Text);
        Assert.True((await _server.Get<LedgerVerifier>().VerifyAsync(_server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task An_older_export_gives_back_the_words_of_what_was_deleted_since_and_it_stays_deleted()
    {
        string customer = shared.NewCustomer();
        await ImportAsync("13/01/21, 10:00 - Asha: good morning to you\n13/01/21, 10:05 - Asha: This message was deleted\n13/01/21, 10:07 - Aparajita Sarees: thank you kindly\n", customer);

        ImportOutcome.Imported older = await ImportAsync("13/01/21, 10:00 - Asha: good morning to you\n13/01/21, 10:05 - Asha: my address is secret\n13/01/21, 10:07 - Aparajita Sarees: thank you kindly\n", customer);

        Assert.Equal((0, 1), (older.Added, older.Changed));
        StoredMessage[] stored = [.. await _server.MessagesAsync(customer)];
        Assert.Contains(stored, message => message is { Kind: "edit", Text: "my address is secret" });
        Assert.Contains(stored, message => message.Kind == "revoke");
    }

    [Fact]
    public async Task An_older_export_gives_back_what_an_edited_message_said_before_and_it_is_not_doubled()
    {
        string customer = shared.NewCustomer();
        const string Older = "13/01/21, 10:00 - Asha: good morning to you\n13/01/21, 10:05 - Asha: three metres\n13/01/21, 10:07 - Aparajita Sarees: thank you kindly\n";
        string newer = Older.Replace("three metres", "two metres <This message was edited>", StringComparison.Ordinal);
        await ImportAsync(newer, customer);

        ImportOutcome.Imported older = await ImportAsync(Older, customer);
        ImportOutcome.Imported[] again = [await ImportAsync(newer + "13/01/21, 12:00 - Asha: bye\n", customer), await ImportAsync(Older + "13/01/21, 12:00 - Asha: bye\n", customer)];

        Assert.Equal((0, 1), (older.Added, older.Changed));
        Assert.Equal([(1, 0), (0, 0)], again.Select(import => (import.Added, import.Changed)));
        Assert.Equal(["three metres", "two metres"], await WordsOfAsync(customer, "two metres"));
    }

    [Fact]
    public async Task Of_exports_of_several_times_the_newest_edit_is_what_a_message_says()
    {
        string customer = shared.NewCustomer();
        static string Chat(string words, int until) => $"13/01/21, 10:00 - Asha: {words}\n13/01/21, {until}:00 - Aparajita Sarees: noted at {until}\n";
        await ImportAsync(Chat("three metres <This message was edited>", 15), customer);

        ImportOutcome.Imported[] older = [await ImportAsync(Chat("two metres <This message was edited>", 13), customer), await ImportAsync(Chat("one metre", 11), customer)];

        Assert.Equal([(1, 1), (1, 1)], older.Select(import => (import.Added, import.Changed)));
        Assert.Equal(["one metre", "two metres", "three metres"], await WordsOfAsync(customer, "three metres"));
    }

    [Theory]
    [InlineData("13/01/21, 10:05 - Asha: two me")]
    [InlineData("13/01/21, 10:05 - Asha: ")]
    [InlineData("13/01/21, 10:05 - As")]
    [InlineData("13/01/21, 10:")]
    public async Task A_file_that_stopped_in_the_middle_of_a_line_and_the_whole_one_are_one_chat(string stopped)
    {
        const string Begin = "13/01/21, 10:00 - Asha: good morning to you\n13/01/21, 10:04 - Aparajita Sarees: how many?\n";
        const string Whole = Begin + "13/01/21, 10:05 - Asha: two metres please\n";
        string[] customers = [shared.NewCustomer(), shared.NewCustomer()];
        await ImportAsync(Begin + stopped, customers[0]);
        await ImportAsync(Whole, customers[0]);
        await ImportAsync(Whole, customers[1]);
        await ImportAsync(Begin + stopped, customers[1]);

        foreach (string customer in customers)
        {
            StoredMessage[] stored = [.. await _server.MessagesAsync(customer)];
            Assert.Equal(3, stored.Count(message => message.RefersTo is null));
            Assert.Equal(["good morning to you", "how many?", "two metres please"], stored.Where(message => message.RefersTo is null).Select(message => Last(stored, message)));
            Assert.Equal(0, (await ImportAsync(Whole, customer)).Added);
        }
    }

    [Fact]
    public async Task What_a_phone_put_in_a_messages_place_in_an_unknown_language_is_not_a_second_message()
    {
        const string Said = "[13/01/2021, 10:00:00] Asha: good morning to you\r\n[13/01/2021, 10:05:00] Asha: my address is secret\r\n[13/01/2021, 10:07:00] Aparajita Sarees: thank you kindly\r\n";
        string gone = Said.Replace("my address is secret", "\u200EDit boodskap is geskrap.", StringComparison.Ordinal);
        string[] customers = [shared.NewCustomer(), shared.NewCustomer()];
        await ImportAsync(Said, customers[0]);
        await ImportAsync(gone, customers[1]);

        ImportOutcome.Imported[] second = [await ImportAsync(gone, customers[0]), await ImportAsync(Said, customers[1])];

        Assert.Equal([(0, 0), (0, 1)], second.Select(import => (import.Added, import.Changed)));
        Assert.Equal(["my address is secret", "\u200EDit boodskap is geskrap."], await WordsOfAsync(customers[1], "\u200EDit boodskap is geskrap."));
    }

    [Fact]
    public async Task Unknown_words_in_the_place_of_an_edited_message_are_nothing_that_it_said()
    {
        string customer = shared.NewCustomer();
        const string Edited = "[13/01/2021, 10:00:00] Asha: good morning to you\r\n[13/01/2021, 10:05:00] Asha: two metres \u200E<This message was edited>\r\n[13/01/2021, 10:07:00] Aparajita Sarees: thank you kindly\r\n";
        await ImportAsync(Edited, customer);

        ImportOutcome.Imported later = await ImportAsync(
            Edited.Replace("two metres \u200E<This message was edited>", "\u200EDit boodskap is geskrap.", StringComparison.Ordinal), customer);

        Assert.Equal((0, 0), (later.Added, later.Changed));
        Assert.Equal(["two metres"], await WordsOfAsync(customer, "two metres"));
    }

    [Fact]
    public async Task Words_that_do_not_open_any_more_are_not_brought_back()
    {
        string customer = shared.NewCustomer();
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync($"lost-{customer}", ExportedChat.Shop, Actor.Operator, Cancellation)).ClientId;
        const string Chat = "13/01/21, 10:00 - Asha: my address is secret\n13/01/21, 10:07 - Aparajita Sarees: noted, thank you\n";
        ExportedChat.Done(await _server.ImportAsync(Encoding.UTF8.GetBytes(Chat), customer, workspace: other));
        await _server.Database.AsSuperuserAsync(
            $"""
            BEGIN; ALTER TABLE vault.message DISABLE TRIGGER immutable;
            UPDATE vault.message SET text_sealed = text_sealed || '\x00'::bytea WHERE client_id = '{other}';
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable; COMMIT
            """);

        ImportOutcome.Imported again = ExportedChat.Done(
            await _server.ImportAsync(Encoding.UTF8.GetBytes(Chat + "13/01/21, 11:00 - Asha: good day\n"), customer, workspace: other));

        Assert.Equal((1, 0), (again.Added, again.Changed));
        Assert.Equal(3, await _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM vault.message WHERE client_id = '{other}'"));
        Assert.False(await _server.Database.ScalarAsync<bool>($"SELECT bool_or(raw_sealed IS NOT NULL) FROM vault.observation WHERE client_id = '{other}'"));
    }

    [Fact]
    public async Task Where_two_imports_of_one_chat_meet_the_later_goes_on_and_the_earlier_says_so()
    {
        string customer = shared.NewCustomer();
        byte[] chat = Encoding.UTF8.GetBytes(ExportedChat.Of(20_000));
        Task<ImportOutcome> earlier = _server.ImportAsync(chat, customer);
        await Eventually.TrueAsync(async () => await _server.FindConversationAsync(customer) is not null);

        ImportOutcome.Imported later = ExportedChat.Done(await _server.ImportAsync(chat, customer));

        Assert.Equal(
            "Another import of this chat began meanwhile and goes on, or its customer was joined with another or separated; what this one had written stays. Import the file again to have the rest.",
            Assert.IsType<ImportOutcome.Refused>(await earlier).Sentence);
        Assert.Equal(20_000, later.Read);
        Assert.Equal(20_000, await _server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.message WHERE conversation_id = '{await _server.ConversationAsync(customer)}'"));
    }

    /// <summary>What became of a message's words, by the times that are told of it, the last for what it says now.</summary>
    private async Task<IReadOnlyList<string?>> WordsOfAsync(string customer, string first)
    {
        StoredMessage[] stored = [.. await _server.MessagesAsync(customer)];
        StoredMessage message = stored.Single(one => one.RefersTo is null && one.Text == first);
        return [.. Changes(stored, message).Select(change => change.Text)];
    }

    private static string? Last(StoredMessage[] stored, StoredMessage message) => Changes(stored, message).LastOrDefault(message).Text;

    private static IEnumerable<StoredMessage> Changes(StoredMessage[] stored, StoredMessage message) =>
        stored.Where(change => change.RefersTo is not null && change.Kind == "edit" && change.ProviderAt == message.ProviderAt);

    private static ChatRendering Of(PhoneLocale locale) => new() { Locale = locale, Renames = AtHome };

    private static System.Text.Json.Nodes.JsonObject TextAt(string from, string text, DateTimeOffset at)
    {
        System.Text.Json.Nodes.JsonObject message = MetaPayload.Text(from, text);
        message["timestamp"] = MetaPayload.Seconds(at);
        return message;
    }

    private async Task<ImportOutcome.Imported> ImportAsync(ChatModel chat, ChatRendering phone, string customer) => ExportedChat.Done(await _server.ImportAsync(
        phone.Render(chat).Text, customer, phone.Renames.GetValueOrDefault(ChatModel.Shop, ChatModel.Shop)));

    private async Task<ImportOutcome.Imported> ImportAsync(string text, string customer) => ExportedChat.Done(await _server.ImportAsync(text, customer));
}
