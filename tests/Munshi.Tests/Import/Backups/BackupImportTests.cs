using Munshi.Audit;
using Munshi.Import;
using Munshi.Import.Backups;
using Munshi.Tests.Running;

namespace Munshi.Tests.Import.Backups;

/// <summary>A chat of a backup and an export of the same chat are one, in whatever order they come.</summary>
public sealed class BackupImportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>What <see cref="Phone"/> holds, as Android exports it in India.</summary>
    private const string Export =
        "13/01/21, 10:00 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.\n"
        + "13/01/21, 10:00 - Asha: hello\n"
        + "13/01/21, 10:01 - Asha: ok\n"
        + "13/01/21, 10:01 - Asha: ok\n"
        + "13/01/21, 10:02 - " + ExportedChat.Shop + ": we open at ten <This message was edited>\n"
        + "13/01/21, 10:03 - Asha: <Media omitted>\n"
        + "13/01/21, 10:04 - Asha: This message was deleted\n"
        + "13/01/21, 10:05 - Missed voice call\n"
        + "13/01/21, 10:06 - " + ExportedChat.Shop + ": POLL:\nWhich?\nOPTION: Red (0 votes)\nOPTION: Blue (0 votes)\n"
        + "13/01/21, 10:07 - Asha: location: https://maps.google.com/?q=22.5726449,88.3638919\n"
        + "13/01/21, 10:08 - Asha: live location shared\n"
        + "13/01/21, 10:09 - Asha: Ratna.vcf (file attached)\n"
        + "13/01/21, 10:10 - Asha: thank you so much\n";

    private const int Messages = 13;

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_behind_an_export_of_the_same_chat_adds_nothing()
    {
        string customer = shared.NewCustomer();
        Assert.Equal((Messages, Messages), Counts(ExportedChat.Done(await _server.ImportAsync(Export, customer))));
        string before = await StateAsync(customer);

        Assert.Equal((Messages, 0), Counts(await ImportAsync(Phone(customer), customer)));

        Assert.Equal(before, await StateAsync(customer));
        Assert.Equal((Messages, 0), Counts(ExportedChat.Done(await _server.ImportAsync(Export, customer))));
    }

    [Fact]
    public async Task An_export_behind_a_backup_of_the_same_chat_adds_nothing()
    {
        string customer = shared.NewCustomer();
        PhoneDatabase phone = Phone(customer);
        Assert.Equal((Messages, Messages), Counts(await ImportAsync(phone, customer)));
        string before = await StateAsync(customer);

        Assert.Equal((Messages, 0), Counts(ExportedChat.Done(await _server.ImportAsync(Export, customer))));
        Assert.Equal((Messages, 0), Counts(await ImportAsync(phone, customer)));

        Assert.Equal(before, await StateAsync(customer));
    }

    [Fact]
    public async Task What_only_the_backup_has_is_added_at_its_instant_and_once()
    {
        string customer = shared.NewCustomer();
        PhoneDatabase phone = Phone(customer);
        ExportedChat.Done(await _server.ImportAsync(Export, customer));
        phone.Message(1, 700.5, "one more", fromMe: true);
        phone.Message(1, 701, "and another");

        Assert.Equal((Messages + 2, 2), Counts(await ImportAsync(phone, customer)));
        Assert.Equal((Messages + 2, 0), Counts(await ImportAsync(phone, customer)));

        StoredMessage[] last = [.. (await _server.MessagesAsync(customer)).TakeLast(2)];
        Assert.Equal([("out", "one more"), ("in", "and another")], last.Select(message => (message.Direction, message.Text!)));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(PhoneDatabase.Start + 700_500), last[0].ProviderAt);
    }

    [Fact]
    public async Task A_chat_known_by_an_id_alone_takes_the_number_that_is_told()
    {
        string customer = shared.NewCustomer();
        PhoneDatabase phone = new();
        phone.Message(phone.Chat("200000000000001", "lid"), 0, "hello from behind an id");
        using ChatBackup backup = phone.Open();

        ImportOutcome untold = (await RunAsync(backup, Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, 1, digits: null)))).Outcome;
        ImportOutcome told = (await RunAsync(backup, Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, 1, customer)))).Outcome;

        Assert.Equal("The backup does not hold the customer's number: say it with --contact NUMBER.", Assert.IsType<ImportOutcome.Refused>(untold).Sentence);
        Assert.Equal((1, 1), Counts(ExportedChat.Done(told)));
        Assert.Equal("hello from behind an id", Assert.Single(await _server.MessagesAsync(customer)).Text);
    }

    [Fact]
    public async Task A_message_of_the_future_refuses_the_chat()
    {
        string customer = shared.NewCustomer();
        PhoneDatabase phone = Phone(customer);
        phone.Message(1, 4_000_000_000, "from 2147");
        using ChatBackup backup = phone.Open();

        ImportOutcome outcome = (await RunAsync(backup, Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, number: null, customer)))).Outcome;

        Assert.StartsWith("The newest message of this chat would be of 16 October 2147, which has not come yet", Assert.IsType<ImportOutcome.Refused>(outcome).Sentence, StringComparison.Ordinal);
        Assert.Empty(await _server.MessagesAsync(customer));
    }

    private static PhoneDatabase Phone(string customer)
    {
        PhoneDatabase phone = new();
        long chat = phone.Chat(customer);
        phone.Message(phone.Chat("919000000777"), 30, "of another chat");
        phone.Run($"INSERT INTO message_system VALUES ({phone.Message(chat, 0.1, null, type: 7)}, 67)");
        phone.Message(chat, 0.2, "hello");
        phone.Message(chat, 61, "ok");
        phone.Message(chat, 62, "ok");
        phone.Run($"INSERT INTO message_edit_info VALUES ({phone.Message(chat, 120, "we open at ten", fromMe: true)}, 'OLD', 1, 1)");
        phone.Run($"INSERT INTO message_media (message_row_id, file_path) VALUES ({phone.Message(chat, 185, "the red one", type: 1)}, 'Media/IMG-20210113-WA0000.jpg')");
        phone.Message(chat, 250, null, type: 15);
        phone.Run($"INSERT INTO missed_call_logs (message_row_id, video_call) VALUES ({phone.Message(chat, 300, null, type: 10)}, 0)");
        long poll = phone.Message(chat, 365, "Which?", fromMe: true, type: 66);
        phone.Run($"INSERT INTO message_poll_option (message_row_id, option_name, vote_total) VALUES ({poll}, 'Red', 1), ({poll}, 'Blue', 0)");
        phone.Run($"INSERT INTO message_location (message_row_id, latitude, longitude) VALUES ({phone.Message(chat, 430, null, type: 5)}, 22.57264, 88.36389)");
        phone.Message(chat, 490, null, type: 16);
        phone.Run($"INSERT INTO message_vcard (message_row_id, vcard) VALUES ({phone.Message(chat, 550, null, type: 4)}, 'BEGIN:VCARD\nFN:Ratna\nEND:VCARD')");
        phone.Message(chat, 610, "thank you so much");
        return phone;
    }

    private static (long Read, long Added) Counts(ImportOutcome.Imported imported) => (imported.Read, imported.Added);

    private async Task<ImportOutcome.Imported> ImportAsync(PhoneDatabase phone, string customer)
    {
        using ChatBackup backup = phone.Open();
        return ExportedChat.Done((await RunAsync(backup, Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, number: null, customer)))).Outcome);
    }

    private Task<(ImportOutcome Outcome, IReadOnlyList<BackupProblem> Problems)> RunAsync(ChatBackup backup, BackupChoice.Chosen chosen) =>
        _server.Get<BackupImport>().RunAsync(_server.ClientId, backup, chosen, "msgstore.db.crypt15", Actor.Operator, Cancellation);

    /// <summary>The messages, and what became of them.</summary>
    private async Task<string> StateAsync(string customer) =>
        string.Join('\n', (await _server.MessagesAsync(customer)).Select(message => $"{message.Direction} {message.Kind} {message.ProviderAt:O} {message.Text}"));
}
