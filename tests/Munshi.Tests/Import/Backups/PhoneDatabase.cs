using Microsoft.Data.Sqlite;
using Munshi.Import.Backups;
using Munshi.WhatsApp.Backups;
using Munshi.WhatsApp.Tests.Backups.Making;

namespace Munshi.Tests.Import.Backups;

/// <summary>The database of a phone of nobody, in the tables that Android's app had in 2026, as far as they are read; and its backup.</summary>
internal sealed class PhoneDatabase
{
    /// <summary>13 January 2021, 10:00 in India.</summary>
    public const long Start = 1_610_512_200_000;

    public const string Tables =
        """
        CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
        CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY NOT NULL, jid_row_id INTEGER NOT NULL, sort_id INTEGER);
        CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY NOT NULL, display_name TEXT NOT NULL, username TEXT);
        CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT);
        CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL, sender_jid_row_id INTEGER,
            status INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT, sort_id INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, media_name TEXT, mime_type TEXT, media_caption TEXT, media_key BLOB);
        CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT, place_address TEXT, url TEXT);
        CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL);
        CREATE TABLE message_system_block_contact (message_row_id INTEGER PRIMARY KEY, is_blocked INTEGER);
        CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL, edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
        CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT NOT NULL, admin_jid_row_id INTEGER, revoke_timestamp INTEGER);
        CREATE TABLE message_call_log (message_row_id INTEGER PRIMARY KEY, call_log_row_id INTEGER);
        CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, video_call INTEGER, duration INTEGER, call_result INTEGER);
        CREATE TABLE missed_call_logs (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, video_call INTEGER);
        CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, option_name TEXT, vote_total INTEGER);
        CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT);
        CREATE TABLE props (_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT);
        INSERT INTO props (key, value) VALUES ('user_push_name', 'Aparajita Sarees');
        INSERT INTO message (_id, chat_row_id, from_me, key_id) VALUES (1, -1, 0, '-1');
        """;

    private readonly List<string> _statements = [];
    private long _messages = 1;
    private long _addresses;
    private long _chats;

    public PhoneDatabase(string tables = Tables) => _statements.Add(tables);

    /// <summary>A chat with somebody, or a group.</summary>
    /// <returns>Its number.</returns>
    public long Chat(string user, string server = "s.whatsapp.net", string? subject = null)
    {
        long address = Address(user, server);
        Run($"INSERT INTO chat (_id, jid_row_id, subject) VALUES ({++_chats}, {address}, {Quoted(subject)})");
        return _chats;
    }

    public long Address(string user, string server)
    {
        Run($"INSERT INTO jid (_id, user, server, raw_string) VALUES ({++_addresses}, {Quoted(user)}, {Quoted(server)}, {Quoted($"{user}@{server}")})");
        return _addresses;
    }

    /// <param name="chat">Its number.</param>
    /// <param name="at">Seconds after <see cref="Start"/>.</param>
    /// <param name="text">Its words.</param>
    /// <param name="fromMe">Of the phone's owner.</param>
    /// <param name="type">As the app numbers it.</param>
    /// <returns>Its number.</returns>
    public long Message(long chat, double at, string? text, bool fromMe = false, long type = 0)
    {
        Run(FormattableString.Invariant(
            $"INSERT INTO message (_id, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, message_type, text_data, sort_id) VALUES ({++_messages}, {chat}, {(fromMe ? 1 : 0)}, 'KEY{_messages}', 0, {Start + (long)(at * 1000)}, {type}, {Quoted(text)}, {_messages})"));
        return _messages;
    }

    public PhoneDatabase Run(string statement)
    {
        _statements.Add(statement);
        return this;
    }

    /// <summary>The database itself.</summary>
    public byte[] Content()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (SqliteConnection connection = new($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // a test's own words
                command.CommandText = string.Join(";\n", _statements);
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public byte[] Backup() => new BackupMaker().Of(Content());

    public ChatBackup Open() => Assert.IsType<ChatBackup>(Open(Backup()).Backup);

    public static (ChatBackup? Backup, BackupRefusal? Refusal) Open(byte[] backup, string? folder = null)
    {
        using BackupKey key = BackupKey.Read(new MemoryStream(BackupMaker.KeyFile))!;
        return ChatBackup.Open(new MemoryStream(backup), key, folder ?? Path.GetTempPath(), TestContext.Current.CancellationToken);
    }

    private static string Quoted(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
