using Microsoft.Data.Sqlite;

namespace Munshi.Import.Backups;

/// <summary>Which of the tables and columns that are read a database has; the app changes them from version to version.</summary>
internal sealed class BackupTables
{
    private static readonly string[] Read =
    [
        "chat", "jid", "jid_map", "lid_display_name", "message", "message_media", "message_location", "message_system", "message_system_block_contact",
        "message_edit_info", "message_revoked", "message_call_log", "call_log", "missed_call_logs", "message_poll_option", "message_vcard", "props", "messages",
    ];

    private readonly Dictionary<string, HashSet<string>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <exception cref="BackupDamagedException">The schema cannot be read.</exception>
    public BackupTables(BackupDatabase database)
    {
        using SqliteCommand real = database.Prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"); // views and virtual tables have none
        HashSet<string> there = [.. database.Rows(real, reader => reader.GetString(0))];
        foreach (string table in Read.Where(there.Contains))
        {
            using SqliteCommand columns = database.Prepare($"PRAGMA table_info({table})");
            HashSet<string> names = new(StringComparer.Ordinal);
            foreach ((string name, long key) in database.Rows(columns, reader => (reader.GetString(1), reader.GetInt64(5))))
            {
                names.Add(name);
                if (key == 1)
                {
                    _keys[table] = name;
                }
            }

            _columns[table] = names;
        }
    }

    /// <summary>Whether messages stand as the app keeps them since 2021.</summary>
    public bool HasMessages =>
        IsKeyed("message", "_id") && Has("message", "chat_row_id") && Has("message", "from_me") && Has("message", "timestamp") && Has("message", "message_type")
        && Has("message", "text_data") && IsKeyed("chat", "_id") && Has("chat", "jid_row_id") && IsKeyed("jid", "_id") && Has("jid", "user") && Has("jid", "server");

    /// <summary>Whether they stand as before.</summary>
    public bool HasOldMessages => Has("messages", "key_remote_jid");

    public bool Has(string table, string column) => _columns.TryGetValue(table, out HashSet<string>? columns) && columns.Contains(column);

    /// <summary>Whether a row of the table is found by the column at once.</summary>
    public bool IsKeyed(string table, string column) => _keys.TryGetValue(table, out string? key) && key == column;

    /// <summary>The column, or NULL where it is not there or its table cannot be joined.</summary>
    public string Joined(string table, string column) => IsKeyed(table, "message_row_id") && Has(table, column) ? $"{table}.{column}" : "NULL";

    /// <summary>The join of a table that says more of a message; nothing where it is not there.</summary>
    public string Join(string table) => IsKeyed(table, "message_row_id") ? $"LEFT JOIN {table} ON {table}.message_row_id = message._id" : "";
}
