using Microsoft.Data.Sqlite;

namespace Munshi.Import.Backups;

/// <summary>The messages of one person's chats, in the order of the phone: listed once, read as often as asked for, one at a time.</summary>
internal sealed class BackupMessages
{
    /// <summary>A phone sends at most 65,536.</summary>
    public const int MostCharacters = 262_144;

    private const int MostParts = 100;
    private const int MostPartCharacters = 4096;
    private const string Name = "FN:";

    private static readonly string[] Joined =
        ["message_media", "message_location", "message_system", "message_system_block_contact", "message_edit_info", "message_revoked", "message_call_log"];

    private readonly BackupDatabase _database;
    private readonly BackupTables _tables;
    private readonly List<(long Order, long Id)> _places = [];
    private readonly Dictionary<long, List<(string Name, long Votes)>> _options = [];
    private readonly Dictionary<long, List<string>> _cards = [];
    private readonly HashSet<long> _missedVideo = [];

    /// <param name="database">Open as long as this is used.</param>
    /// <param name="tables">Of it.</param>
    /// <param name="chats">Their numbers in the backup.</param>
    /// <exception cref="BackupDamagedException">They cannot be listed.</exception>
    public BackupMessages(BackupDatabase database, BackupTables tables, IReadOnlyCollection<long> chats)
    {
        (_database, _tables) = (database, tables);
        HashSet<long> withParts = List([.. chats]);
        ReadOptions(withParts);
        ReadCards(withParts);
        ReadMissedVideo(withParts);
    }

    /// <summary>At most one more than are imported at once.</summary>
    public int Count => _places.Count;

    /// <exception cref="BackupDamagedException">They cannot be read.</exception>
    public IEnumerable<BackupRow> Read()
    {
        using SqliteCommand command = _database.Prepare(Select());
        SqliteParameter id = command.Parameters.Add("$id", SqliteType.Integer);
        foreach ((_, long place) in _places)
        {
            id.Value = place;
            foreach (BackupRow row in _database.Rows(command, Row).Take(1))
            {
                yield return row;
            }
        }
    }

    /// <summary>Notes where each stands, and gives those that have more in tables that are not found by the message.</summary>
    private HashSet<long> List(HashSet<long> chats)
    {
        HashSet<long> withParts = [];
        string order = _tables.Has("message", "sort_id") ? "sort_id" : "NULL";
        using SqliteCommand command = _database.Prepare($"SELECT _id, chat_row_id, {order}, message_type FROM message");
        foreach ((long id, long chat, long sort, long type) in _database.Rows(command, reader => (reader.Number(0), reader.Number(1), reader.Number(2), reader.Number(3))))
        {
            if (!chats.Contains(chat) || type == BackupTypes.Album)
            {
                continue;
            }

            if (_places.Count > ExportSurvey.MostRecords)
            {
                break;
            }

            _places.Add((sort > 0 ? sort : id, id));
            if (type == BackupTypes.MissedCall || BackupTypes.Of(type)?.Kind is WhatsApp.Exports.ExportKind.Poll or WhatsApp.Exports.ExportKind.Contact)
            {
                withParts.Add(id);
            }
        }

        _places.Sort();
        return withParts;
    }

    private void ReadOptions(HashSet<long> messages)
    {
        if (!_tables.Has("message_poll_option", "message_row_id") || !_tables.Has("message_poll_option", "option_name") || !_tables.Has("message_poll_option", "vote_total"))
        {
            return;
        }

        using SqliteCommand command = _database.Prepare($"SELECT message_row_id, substr(option_name, 1, {MostPartCharacters}), vote_total FROM message_poll_option ORDER BY rowid");
        foreach ((long message, string? name, long votes) in _database.Rows(command, reader => (reader.Number(0), reader.Words(1), reader.Number(2))))
        {
            Add(_options, messages, message, (name ?? "", Math.Max(votes, 0)));
        }
    }

    private void ReadCards(HashSet<long> messages)
    {
        if (!_tables.Has("message_vcard", "message_row_id") || !_tables.Has("message_vcard", "vcard"))
        {
            return;
        }

        using SqliteCommand command = _database.Prepare($"SELECT message_row_id, substr(vcard, 1, {MostPartCharacters}) FROM message_vcard ORDER BY rowid");
        foreach ((long message, string? card) in _database.Rows(command, reader => (reader.Number(0), reader.Words(1))))
        {
            Add(_cards, messages, message, NameOn(card ?? ""));
        }
    }

    private void ReadMissedVideo(HashSet<long> messages)
    {
        if (!_tables.Has("missed_call_logs", "message_row_id") || !_tables.Has("missed_call_logs", "video_call"))
        {
            return;
        }

        using SqliteCommand command = _database.Prepare("SELECT message_row_id FROM missed_call_logs WHERE video_call = 1");
        _missedVideo.UnionWith(_database.Rows(command, reader => reader.Number(0)).Where(messages.Contains));
    }

    private static void Add<T>(Dictionary<long, List<T>> parts, HashSet<long> messages, long message, T part)
    {
        if (!messages.Contains(message))
        {
            return;
        }

        if (!parts.TryGetValue(message, out List<T>? those))
        {
            parts.Add(message, those = []);
        }

        if (those.Count < MostParts)
        {
            those.Add(part);
        }
    }

    /// <summary>The name on a vCard, empty where there is none.</summary>
    private static string NameOn(string card) =>
        card.Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..].Trim() ?? "";

    private string Select()
    {
        bool hasCalls = _tables.IsKeyed("call_log", "_id") && _tables.IsKeyed("message_call_log", "message_row_id") && _tables.Has("message_call_log", "call_log_row_id");
        string Call(string column) => hasCalls && _tables.Has("call_log", column) ? $"call_log.{column}" : "NULL";
        string Text(string column) => $"substr({column}, 1, {MostPartCharacters})";
        string key = _tables.Has("message", "key_id") ? "message.key_id" : "NULL";
        return
            $"""
            SELECT message._id, message.from_me, {Text(key)}, message.timestamp, message.message_type,
                substr(message.text_data, 1, {MostCharacters}), length(message.text_data) > {MostCharacters},
                {_tables.Joined("message_media", "message_row_id")} IS NOT NULL, {Text(_tables.Joined("message_media", "file_path"))},
                {Text(_tables.Joined("message_media", "media_name"))}, {Text(_tables.Joined("message_media", "mime_type"))},
                substr({_tables.Joined("message_media", "media_caption")}, 1, {MostCharacters}),
                {_tables.Joined("message_location", "latitude")}, {_tables.Joined("message_location", "longitude")},
                {Text(_tables.Joined("message_location", "place_name"))}, {Text(_tables.Joined("message_location", "url"))},
                {_tables.Joined("message_system", "action_type")}, {_tables.Joined("message_system_block_contact", "is_blocked")},
                {_tables.Joined("message_edit_info", "message_row_id")} IS NOT NULL, {_tables.Joined("message_revoked", "message_row_id")} IS NOT NULL,
                {Call("video_call")}, {Call("duration")}
            FROM message {string.Join(' ', Joined.Select(_tables.Join))} {(hasCalls ? "LEFT JOIN call_log ON call_log._id = message_call_log.call_log_row_id" : "")}
            WHERE message._id = $id
            """;
    }

    private BackupRow Row(SqliteDataReader reader)
    {
        long id = reader.Number(0);
        return new BackupRow
        {
            Id = id,
            FromMe = reader.Number(1) != 0,
            KeyId = reader.Words(2),
            Timestamp = reader.Number(3),
            Type = reader.Number(4),
            Text = reader.Words(5),
            IsCut = reader.Number(6) != 0,
            HasFile = reader.Number(7) != 0,
            FilePath = reader.Words(8),
            FileName = reader.Words(9),
            FileType = reader.Words(10),
            Caption = reader.Words(11),
            Latitude = reader.Real(12),
            Longitude = reader.Real(13),
            PlaceName = reader.Words(14),
            PlaceLink = reader.Words(15),
            Action = reader.Number(16),
            IsBlocked = reader.Number(17) != 0,
            IsEdited = reader.Number(18) != 0,
            IsRevoked = reader.Number(19) != 0,
            IsVideoCall = reader.Number(20) != 0 || _missedVideo.Contains(id),
            CallSeconds = reader.Number(21),
            Options = _options.GetValueOrDefault(id, []),
            Cards = _cards.GetValueOrDefault(id, []),
        };
    }
}
