using Munshi.Import.Backups;
using Munshi.WhatsApp.Backups;
using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Tests;
using Munshi.WhatsApp.Tests.Backups.Making;

namespace Munshi.Tests.Import.Backups;

/// <summary>What a phone's database holds is read as an export of the same chat would tell it.</summary>
public sealed class ChatBackupTests : IDisposable
{
    private const string Asha = "919000000101";

    private readonly string _folder = Directory.CreateTempSubdirectory("munshi-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_chats_are_listed_with_whom_how_many_and_when()
    {
        PhoneDatabase phone = new();
        long asha = phone.Chat(Asha);
        long group = phone.Chat("120363000000000001", "g.us", "Saree lovers");
        long hidden = phone.Chat("200000000000001", "lid");
        long nameless = phone.Chat("200000000000002", "lid");
        phone.Chat("919000000199"); // nothing was written
        phone.Run($"INSERT INTO jid_map VALUES (3, {phone.Address("919000000102", "s.whatsapp.net")}, 1)");
        phone.Run("INSERT INTO lid_display_name VALUES (3, 'Ratna', NULL)");
        phone.Message(asha, 0, "first");
        phone.Message(asha, 60, "last");
        phone.Message(asha, 61, null, type: BackupTypes.Album);
        phone.Message(group, 10, "all");
        phone.Message(hidden, 20, "hello");
        phone.Message(nameless, 5, "hello");

        using ChatBackup backup = phone.Open();

        DateTimeOffset start = DateTimeOffset.FromUnixTimeMilliseconds(PhoneDatabase.Start);
        Assert.Equal(
            [
                new BackupChat(asha, BackupChatKind.Person, Asha, null, 2, start, start.AddSeconds(60)),
                new BackupChat(hidden, BackupChatKind.Person, "919000000102", "Ratna", 1, start.AddSeconds(20), start.AddSeconds(20)),
                new BackupChat(group, BackupChatKind.Group, null, "Saree lovers", 1, start.AddSeconds(10), start.AddSeconds(10)),
                new BackupChat(nameless, BackupChatKind.Person, null, null, 1, start.AddSeconds(5), start.AddSeconds(5)),
            ],
            backup.Chats);
    }

    [Fact]
    public void Every_kind_of_message_is_read()
    {
        PhoneDatabase phone = new();
        long chat = phone.Chat(Asha);
        phone.Run($"INSERT INTO message_system VALUES ({phone.Message(chat, 0, null, type: 7)}, 67)");
        phone.Message(chat, 1.25, "নমস্কার");
        phone.Run($"INSERT INTO message_edit_info VALUES ({phone.Message(chat, 2, "six pm", fromMe: true)}, 'OLD', 1, 1)");
        phone.Run($"INSERT INTO message_media (message_row_id, file_path, mime_type) VALUES ({phone.Message(chat, 3, "the red one", type: 1)}, 'Media/WhatsApp Images/IMG-20210113-WA0000.jpg', 'image/jpeg')");
        phone.Run($"INSERT INTO message_media (message_row_id, file_path, media_name, media_caption) VALUES ({phone.Message(chat, 4, null, fromMe: true, type: 9)}, 'Media/WhatsApp Documents/DOC-1.pdf', 'Price list.pdf', 'Prices')");
        phone.Message(chat, 5, null, type: 42);
        phone.Run($"INSERT INTO message_revoked VALUES ({phone.Message(chat, 6, null, type: 15)}, 'GONE', NULL, 1)");
        phone.Run($"INSERT INTO missed_call_logs (message_row_id, video_call) VALUES ({phone.Message(chat, 7, null, type: 10)}, 1)");
        phone.Run($"INSERT INTO call_log (_id, video_call, duration) VALUES (1, 0, 725); INSERT INTO message_call_log VALUES ({phone.Message(chat, 8, null, fromMe: true, type: 90)}, 1)");
        long poll = phone.Message(chat, 9, "Which?", type: 66);
        phone.Run($"INSERT INTO message_poll_option (message_row_id, option_name, vote_total) VALUES ({poll}, 'Red', 2), ({poll}, 'Blue', 1)");
        phone.Run($"INSERT INTO message_location (message_row_id, latitude, longitude) VALUES ({phone.Message(chat, 10, null, type: 5)}, 22.572645, 88.363892)");
        phone.Run($"INSERT INTO message_location (message_row_id, latitude, longitude, place_name, url) VALUES ({phone.Message(chat, 11, null, type: 5)}, 22.5, 88.3, 'Shop', 'https://foursquare.com/v/1')");
        phone.Message(chat, 12, null, type: 16);
        phone.Run($"INSERT INTO message_vcard (message_row_id, vcard) VALUES ({phone.Message(chat, 13, null, type: 4)}, 'BEGIN:VCARD\nVERSION:3.0\nFN:Ratna Das\nEND:VCARD')");
        phone.Message(chat, 14, null, type: 11);
        phone.Message(chat, 15, "new in 2030", type: 777);
        phone.Run($"INSERT INTO message_media (message_row_id, file_path, mime_type) VALUES ({phone.Message(chat, 16, null, type: 778)}, 'Media/x.bin', 'video/mp4')");
        phone.Run($"INSERT INTO message_system VALUES ({phone.Message(chat, 17, null, type: 7)}, 9999)");
        phone.Message(chat, -2_000_000_000, "before the app");

        using ChatBackup backup = phone.Open();
        PersonsMessages person = backup.Of(backup.Chats);
        ExportMessage[] read = [.. person.Read()];

        const string Us = "Aparajita Sarees";
        const string Them = "+" + Asha;
        Assert.Equal(
            [
                (null, ExportKind.System, "Messages and calls are end-to-end encrypted.", null, false),
                (Them, ExportKind.Text, "নমস্কার", null, false),
                (Us, ExportKind.Text, "six pm", null, true),
                (Them, ExportKind.Media, "the red one", "IMG-20210113-WA0000.jpg", false),
                (Us, ExportKind.Media, "Prices", "Price list.pdf", false),
                (Them, ExportKind.Media, "", null, false),
                (Them, ExportKind.Deleted, "", null, false),
                (Them, ExportKind.Call, "Missed video call", null, false),
                (Us, ExportKind.Call, "Voice call, 12 min", null, false),
                (Them, ExportKind.Poll, "POLL:\nWhich?\nOPTION: Red (2 votes)\nOPTION: Blue (1 vote)", null, false),
                (Them, ExportKind.Location, "location: https://maps.google.com/?q=22.572645,88.363892", null, false),
                (Them, ExportKind.Location, "Shop: https://foursquare.com/v/1", null, false),
                (Them, ExportKind.Location, "live location shared", null, false),
                (Them, ExportKind.Contact, "", "Ratna Das.vcf", false),
                (null, ExportKind.System, "Waiting for this message", null, false),
                (Them, ExportKind.Text, "new in 2030", null, false),
                (Them, ExportKind.Media, "", "x.bin", false),
                (null, ExportKind.System, "", null, false),
            ],
            read.Select(message => (message.From, message.Kind, message.Text, message.Attachment, message.Edited)));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(PhoneDatabase.Start + 1250), read[1].At);
        Assert.Equal([MediaType.Image, MediaType.Document, MediaType.Image, MediaType.Video], read.Where(message => message.Kind is ExportKind.Media).Select(message => message.Media));
        Assert.Equal(
            [
                new BackupProblem(BackupProblemKind.UnknownType, 777, 1),
                new BackupProblem(BackupProblemKind.UnknownType, 778, 1),
                new BackupProblem(BackupProblemKind.UnknownNotice, 9999, 1),
                new BackupProblem(BackupProblemKind.NoTime, 0, 1),
            ],
            person.Problems);
        Assert.Contains("\"key_id\":\"KEY3\"", System.Text.Encoding.UTF8.GetString(read[1].Raw!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_s_two_chats_are_one_in_the_order_of_the_phone()
    {
        PhoneDatabase phone = new();
        long byNumber = phone.Chat(Asha);
        long hidden = phone.Chat("200000000000001", "lid");
        phone.Run("INSERT INTO jid_map VALUES (2, 1, 1)");
        phone.Run("INSERT INTO lid_display_name VALUES (2, 'Aparajita Sarees', NULL)"); // as the owner calls themselves
        phone.Message(byNumber, 0, "one");
        phone.Message(hidden, 10, "two", fromMe: true);
        phone.Message(byNumber, 5, "came late");

        using ChatBackup backup = phone.Open();
        BackupChoice.Chosen chosen = Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, number: null, Asha));

        Assert.Equal(
            [("+" + Asha, "one"), ("Aparajita Sarees", "two"), ("+" + Asha, "came late")],
            backup.Of(chosen.Chats).Read().Select(message => (message.From, message.Text)));
        Assert.Equal(chosen.Chats, Assert.IsType<BackupChoice.Chosen>(BackupChoice.Of(backup.Chats, byNumber, digits: null)).Chats);
    }

    [Theory]
    [InlineData(null, null, "A backup holds many chats: say whose with --contact NUMBER, or which with --chat N.")]
    [InlineData(null, "919000000999", "None of the 3 chats in this backup is with that number; ./munshi chat read FILE --key KEYFILE lists them. A chat whose number the backup does not hold is chosen with --chat N.")]
    [InlineData(9, null, "The backup has no chat 9; ./munshi chat read FILE --key KEYFILE lists them, 3 in all.")]
    [InlineData(2, null, "Chat 2 is a group's, and only chats with one customer can be read and imported.")]
    [InlineData(3, null, "Chat 3 is with no person, and only chats with one customer can be read and imported.")]
    [InlineData(1, "919000000999", "Chat 1 is with another number than --contact says.")]
    public void A_chat_that_is_not_there_or_not_one_customer_s_is_refused_without_names(int? chat, string? contact, string sentence)
    {
        PhoneDatabase phone = new();
        phone.Message(phone.Chat(Asha), 0, "a");
        phone.Message(phone.Chat("120363000000000001", "g.us", "Saree lovers"), 0, "b");
        phone.Message(phone.Chat("status", "broadcast"), 0, "c");
        using ChatBackup backup = phone.Open();

        Assert.Equal(sentence, Assert.IsType<BackupChoice.Refused>(BackupChoice.Of(backup.Chats, chat, contact)).Sentence);
    }

    [Fact]
    public void Nothing_of_the_database_has_a_name_while_it_is_read_or_afterwards()
    {
        PhoneDatabase phone = new();
        phone.Message(phone.Chat(Asha), 0, "a");
        byte[] file = phone.Backup();

        (ChatBackup? backup, _) = PhoneDatabase.Open(file, _folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        Assert.Single(backup!.Of(backup.Chats).Read());
        backup.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));

        file[200] ^= 1;
        Assert.NotNull(PhoneDatabase.Open(file, _folder).Refusal);
        Assert.NotNull(PhoneDatabase.Open(new BackupMaker().Of([.. "SQLite format 3\0"u8, .. new byte[5000]]), _folder).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, data TEXT)", BackupRefusal.OldTables)]
    [InlineData("CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT)", BackupRefusal.NoMessages)]
    [InlineData("CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id); CREATE TABLE jid (_id INTEGER PRIMARY KEY, user, server); CREATE TABLE message (_id, chat_row_id, from_me, timestamp, message_type, text_data)", BackupRefusal.NoMessages)]
    [InlineData("CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id); CREATE TABLE jid (_id INTEGER PRIMARY KEY, user, server); CREATE VIEW message AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS _id, 1 AS chat_row_id, 0 AS from_me, 1 AS timestamp, 0 AS message_type, 'x' AS text_data FROM r", BackupRefusal.NoMessages)]
    public void A_database_of_something_else_is_refused_by_what_it_is(string tables, BackupRefusal refusal) =>
        Assert.Equal(refusal, PhoneDatabase.Open(new PhoneDatabase(tables).Backup()).Refusal);

    [Fact]
    public void A_database_of_another_version_lacks_only_what_it_does_not_have()
    {
        PhoneDatabase phone = new(
            """
            CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT);
            CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
            CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT);
            CREATE TABLE message_media (message_row_id INTEGER, file_path TEXT);
            INSERT INTO jid VALUES (1, '919000000101', 's.whatsapp.net');
            INSERT INTO chat VALUES (1, 1, NULL);
            INSERT INTO message VALUES (7, 1, 1, 1610512200000, 1, 'caption'), (3, 1, 0, 1610512200000, 0, 'hello');
            """);
        using ChatBackup backup = phone.Open();

        Assert.Equal([("+" + Asha, "hello"), ("me", "caption")], backup.Of(backup.Chats).Read().Select(message => (message.From, message.Text)));
    }

    [Fact]
    public void A_text_beyond_measure_is_cut_and_told()
    {
        PhoneDatabase phone = new();
        phone.Message(phone.Chat(Asha), 0, new string('x', BackupMessages.MostCharacters + 1));
        using ChatBackup backup = phone.Open();
        PersonsMessages person = backup.Of(backup.Chats);

        Assert.Equal(BackupMessages.MostCharacters, Assert.Single(person.Read()).Text.Length);
        Assert.Equal([new BackupProblem(BackupProblemKind.Cut, 0, 1)], person.Problems);
    }

    [Fact]
    public void A_damaged_database_is_read_or_refused_and_never_throws_otherwise()
    {
        PhoneDatabase phone = new();
        long chat = phone.Chat(Asha);
        for (int i = 0; i < 200; i++)
        {
            phone.Message(chat, i, $"message {i} with some words of its own", fromMe: i % 2 == 0);
        }

        byte[] content = phone.Content();
        int refused = 0;
        int read = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            SeededNumbers numbers = new(seed);
            byte[] changed = [.. content];
            for (int flips = 1 + numbers.Below(8); flips > 0; flips--)
            {
                changed[16 + numbers.Below(changed.Length - 16)] ^= (byte)(1 + numbers.Below(255));
            }

            (ChatBackup? backup, BackupRefusal? refusal) = PhoneDatabase.Open(new BackupMaker().Of(changed), _folder);
            using (backup)
            {
                refused += backup is null ? 1 : 0;
                try
                {
                    read += backup is null ? 0 : backup.Of([.. backup.Chats.Where(listed => listed.Kind is BackupChatKind.Person)]).Read().Count() >= 0 ? 1 : 0;
                }
                catch (BackupDamagedException)
                {
                    refused++;
                }

                Assert.True(backup is not null || refusal is BackupRefusal.BrokenDatabase or BackupRefusal.NoMessages or BackupRefusal.OldTables);
            }
        }

        Assert.Equal(400, refused + read);
        Assert.InRange(refused, 1, 399);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }
}
