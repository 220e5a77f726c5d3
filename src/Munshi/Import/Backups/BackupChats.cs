using Microsoft.Data.Sqlite;

namespace Munshi.Import.Backups;

/// <summary>Lists the chats of a backup, the newest first.</summary>
internal sealed class BackupChats(BackupDatabase database, BackupTables tables)
{
    /// <summary>Far above what a phone holds.</summary>
    private const int MostChats = 1_000_000;

    private const int MostNameCharacters = 256;

    /// <exception cref="BackupDamagedException">They cannot be read, or are beyond all measure.</exception>
    public IReadOnlyList<BackupChat> List()
    {
        Dictionary<long, long> numbers = Numbers();
        ILookup<long, long> hidden = numbers.ToLookup(pair => pair.Value, pair => pair.Key);
        Dictionary<long, string> names = Names();
        Dictionary<long, (long Count, long First, long Last)> contents = Contents();
        List<BackupChat> chats = [];
        foreach ((long id, long address, string? subject, string? user, string? server) in Rows())
        {
            if (contents.TryGetValue(id, out (long Count, long First, long Last) content))
            {
                long known = numbers.GetValueOrDefault(address, address);
                BackupChatKind kind = KindOf(server);
                string? name = kind is BackupChatKind.Person
                    ? hidden[known].Prepend(address).Select(other => names.GetValueOrDefault(other)).FirstOrDefault(found => found is not null)
                    : subject;
                chats.Add(new BackupChat(
                    id, kind, kind is BackupChatKind.Person ? Digits(address, user, server, known) : null, name, content.Count, BackupTime.Of(content.First), BackupTime.Of(content.Last)));
            }
        }

        return [.. chats.OrderByDescending(chat => chat.Last).ThenBy(chat => chat.Id)];
    }

    /// <summary>What the phone's owner calls themselves.</summary>
    public string? OwnName()
    {
        if (!tables.Has("props", "key") || !tables.Has("props", "value"))
        {
            return null;
        }

        using SqliteCommand command = database.Prepare($"SELECT substr(value, 1, {MostNameCharacters}) FROM props WHERE key = 'user_push_name'");
        return database.Rows(command, reader => reader.Words(0)).FirstOrDefault();
    }

    private static BackupChatKind KindOf(string? server) => server switch
    {
        "s.whatsapp.net" or "lid" => BackupChatKind.Person,
        "g.us" => BackupChatKind.Group,
        _ => BackupChatKind.Other,
    };

    private string? Digits(long address, string? user, string? server, long known)
    {
        if (known != address)
        {
            using SqliteCommand command = database.Prepare("SELECT substr(user, 1, 32), substr(server, 1, 32) FROM jid WHERE _id = $id");
            command.Parameters.AddWithValue("$id", known);
            (user, server) = database.Rows(command, reader => (reader.Words(0), reader.Words(1))).FirstOrDefault();
        }

        return server == "s.whatsapp.net" && user is not null && user.All(char.IsAsciiDigit) ? PhoneDigits.Of(user) : null;
    }

    private List<(long Id, long Address, string? Subject, string? User, string? Server)> Rows()
    {
        const string Chat = "chat";
        string subject = tables.Has(Chat, "subject") ? $"{Chat}.subject" : "NULL";
        using SqliteCommand command = database.Prepare(
            $"""
            SELECT chat._id, chat.jid_row_id, substr({subject}, 1, {MostNameCharacters}), substr(jid.user, 1, 32), substr(jid.server, 1, 32)
            FROM chat LEFT JOIN jid ON jid._id = chat.jid_row_id
            """);
        return Limited(database.Rows(command, reader => (reader.Number(0), reader.Number(1), reader.Words(2), reader.Words(3), reader.Words(4))));
    }

    /// <summary>Behind WhatsApp's own id for a person, the one that is their number.</summary>
    private Dictionary<long, long> Numbers()
    {
        if (!tables.Has("jid_map", "lid_row_id") || !tables.Has("jid_map", "jid_row_id"))
        {
            return [];
        }

        using SqliteCommand command = database.Prepare("SELECT lid_row_id, jid_row_id FROM jid_map");
        return Limited(database.Rows(command, reader => (Hidden: reader.Number(0), Number: reader.Number(1)))).DistinctBy(pair => pair.Hidden).ToDictionary(pair => pair.Hidden, pair => pair.Number);
    }

    private Dictionary<long, string> Names()
    {
        if (!tables.Has("lid_display_name", "lid_row_id") || !tables.Has("lid_display_name", "display_name"))
        {
            return [];
        }

        using SqliteCommand command = database.Prepare($"SELECT lid_row_id, substr(display_name, 1, {MostNameCharacters}) FROM lid_display_name");
        return Limited(database.Rows(command, reader => (Id: reader.Number(0), Name: reader.Words(1)))).Where(pair => pair.Name is not null).DistinctBy(pair => pair.Id).ToDictionary(pair => pair.Id, pair => pair.Name!);
    }

    private Dictionary<long, (long Count, long First, long Last)> Contents()
    {
        using SqliteCommand command = database.Prepare("SELECT chat_row_id, timestamp, message_type FROM message");
        Dictionary<long, (long Count, long First, long Last)> contents = [];
        foreach ((long chat, long at, long type) in database.Rows(command, reader => (reader.Number(0), reader.Number(1), reader.Number(2))))
        {
            if (type == BackupTypes.Album)
            {
                continue;
            }

            (long count, long first, long last) = contents.GetValueOrDefault(chat, (0, long.MaxValue, 0));
            bool isTime = BackupTime.Of(at) is not null;
            contents[chat] = (count + 1, isTime ? Math.Min(first, at) : first, isTime ? Math.Max(last, at) : last);
            if (contents.Count > MostChats)
            {
                throw new BackupDamagedException();
            }
        }

        return contents;
    }

    private static List<T> Limited<T>(IEnumerable<T> rows)
    {
        List<T> list = [];
        foreach (T row in rows)
        {
            list.Add(list.Count < MostChats ? row : throw new BackupDamagedException());
        }

        return list;
    }
}
