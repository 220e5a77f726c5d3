using System.IO.Compression;

namespace Munshi.WhatsApp.Exports;

/// <summary>What the names in an archive say: which entry is the chat, and whether one of them points out of the archive.</summary>
internal static class ArchivedNames
{
    private const string ChatEntry = "_chat.txt";

    /// <summary>Of so many texts in an archive it is looked how they begin.</summary>
    private const int MostTextsLookedAt = 100;

    /// <summary>Whether the name is an absolute path, or holds a step upwards.</summary>
    public static bool PointsOut(string name) =>
        name.StartsWith('/') || name.StartsWith('\\') || name is [_, ':', '/' or '\\', ..] || name.Split('/', '\\').Contains("..");

    /// <summary>Whether a computer put the entry there, not a phone.</summary>
    public static bool IsOfTheComputer(ZipArchiveEntry entry) =>
        entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) || entry.Name.StartsWith("._", StringComparison.Ordinal);

    /// <summary>
    /// In this order: <c>_chat.txt</c> at the top; the one other text at the top that begins as a chat does, since others are attachments;
    /// <c>_chat.txt</c> in a folder, as when the unpacked folder was packed again.
    /// </summary>
    /// <param name="archive">Its names point nowhere else.</param>
    /// <param name="beginsAsAChat">Looks into an entry.</param>
    /// <param name="chat">Where nothing is refused.</param>
    public static ExportRefusal? Chat(ZipArchive archive, Func<ZipArchiveEntry, bool> beginsAsAChat, out ZipArchiveEntry? chat)
    {
        ZipArchiveEntry[] named = [.. archive.Entries.Where(entry => entry.FullName == ChatEntry)];
        ZipArchiveEntry[] texts = named.Length > 0 ? named : [.. archive.Entries.Where(IsTopText)];
        chat = null;
        if (named.Length > 1)
        {
            return ExportRefusal.DuplicateEntry;
        }

        ZipArchiveEntry[] chats = named.Length == 1 ? named : [.. texts.Take(MostTextsLookedAt).Where(beginsAsAChat)];
        if (chats.Length == 0)
        {
            ZipArchiveEntry[] inFolders = [.. archive.Entries.Where(entry => entry.Name == ChatEntry && !IsOfTheComputer(entry))];
            chats = inFolders.Length == 0 && texts.Length == 1 ? texts : inFolders;
        }

        if (chats.Length != 1)
        {
            return chats.Length == 0 && archive.Entries.Any(IsArchive) ? ExportRefusal.NestedArchive : ExportRefusal.NoChatInArchive;
        }

        chat = chats[0];
        return null;
    }

    private static bool IsTopText(ZipArchiveEntry entry) =>
        entry.FullName == entry.Name && entry.Name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !IsOfTheComputer(entry);

    private static bool IsArchive(ZipArchiveEntry entry) => entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && !IsOfTheComputer(entry);
}
