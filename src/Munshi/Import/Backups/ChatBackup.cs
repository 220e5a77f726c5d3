using Munshi.WhatsApp.Backups;

namespace Munshi.Import.Backups;

/// <summary>A backup whose database stands open in a file without a name.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ChatBackup : IDisposable
{
    private readonly PrivateFile _file;
    private readonly BackupDatabase _database;
    private readonly BackupTables _tables;
    private readonly string? _ownName;

    private ChatBackup(PrivateFile file, BackupDatabase database, BackupTables tables, byte[] hash)
    {
        (_file, _database, _tables, Hash) = (file, database, tables, hash);
        BackupChats chats = new(database, tables);
        Chats = chats.List();
        _ownName = chats.OwnName();
    }

    /// <summary>The SHA-256 of the backup as it stands, encrypted; 32 bytes.</summary>
    public byte[] Hash { get; }

    /// <summary>Those with messages, the newest first.</summary>
    public IReadOnlyList<BackupChat> Chats { get; }

    /// <param name="file">Can seek; disposed.</param>
    /// <param name="key">Not needed afterwards.</param>
    /// <param name="folder">For the database while it is read; with room for two to three times the backup.</param>
    /// <param name="cancellationToken">Ends whatever is read, now and later.</param>
    /// <exception cref="IOException">The file cannot be read, or the folder not be written to.</exception>
    public static (ChatBackup? Backup, BackupRefusal? Refusal) Open(Stream file, BackupKey key, string folder, CancellationToken cancellationToken)
    {
        BackupOpening opening = BackupFile.Open(file, key, cancellationToken);
        if (opening is not BackupOpening.Opened { Backup: var packed })
        {
            return (null, ((BackupOpening.Refused)opening).Reason);
        }

        PrivateFile? unpacked = null;
        BackupDatabase? database = null;
        bool isOpen = false;
        try
        {
            unpacked = PrivateFile.Create(folder);
            if (packed.Unpack(unpacked.Content, cancellationToken) is { } refusal)
            {
                return (null, refusal);
            }

            database = unpacked.OpenByName(path => BackupDatabase.Open(path, unpacked.Content.Length, cancellationToken));
            BackupTables tables = new(database);
            if (!tables.HasMessages)
            {
                return (null, tables.HasOldMessages ? BackupRefusal.OldTables : BackupRefusal.NoMessages);
            }

            ChatBackup backup = new(unpacked, database, tables, packed.Hash);
            isOpen = true;
            return (backup, null);
        }
        catch (BackupDamagedException)
        {
            return (null, BackupRefusal.BrokenDatabase);
        }
        finally
        {
            packed.Dispose();
            if (!isOpen)
            {
                database?.Dispose();
                unpacked?.Dispose();
            }
        }
    }

    /// <summary>The messages of one person.</summary>
    /// <param name="chats">Of that person: under their number, under WhatsApp's own id for them, or both.</param>
    /// <exception cref="BackupDamagedException">They cannot be listed.</exception>
    public PersonsMessages Of(IReadOnlyList<BackupChat> chats)
    {
        string number = chats.Select(chat => chat.Digits).OfType<string>().Select(digits => $"+{digits}").FirstOrDefault() ?? "customer";
        string? name = chats.Select(chat => chat.Name).FirstOrDefault(found => found is not null);
        string owner = _ownName ?? "me";
        string customer = name is null || name == owner ? number : name;
        return new PersonsMessages(new BackupMessages(_database, _tables, [.. chats.Select(chat => chat.Id)]), owner == customer ? "me" : owner, customer, name);
    }

    public void Dispose()
    {
        _database.Dispose();
        _file.Dispose();
    }
}
