using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>The file that holds an export: the text itself, or a zip archive with it. Its text can be read several times.</summary>
internal sealed class ExportFile : IDisposable
{
    private const string ChatEntry = "_chat.txt";

    /// <summary>Below it no ratio is judged.</summary>
    private const long SmallTextBytes = 16 * 1024 * 1024;

    /// <summary>Of so many texts in an archive it is looked how they begin.</summary>
    private const int MostTextsLookedAt = 100;

    private readonly FileStream _file;
    private readonly ZipArchive? _archive;
    private readonly ZipArchiveEntry? _chat;

    private ExportFile(FileStream file, ZipArchive? archive, ZipArchiveEntry? chat)
    {
        _file = file;
        _archive = archive;
        _chat = chat;
        EntryNames = archive is null ? null : archive.Entries
            .Where(entry => entry != chat)
            .Select(entry => MediaNames.Compared(entry.Name))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of the other entries, for comparison only; null where there is no archive.</summary>
    public FrozenSet<string>? EntryNames { get; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static (ExportFile? File, ExportRefusal? Refusal) Open(string path)
    {
        FileStream file = new(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new IOException("Not a regular file.");
        }

        if (!IsArchive(file))
        {
            return Judged(file, null, null, file.Length == 0 ? ExportRefusal.Empty : file.Length > ChatExport.MaxTextBytes ? ExportRefusal.TooLarge : null);
        }

        ZipArchive archive;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            ExportRefusal? refusal = Find(archive, out ZipArchiveEntry? chat);
            refusal ??= ArchivedText.Check(chat!, MostBytes(chat!));
            return Judged(file, archive, chat, refusal);
        }
        catch (InvalidDataException)
        {
            file.Dispose();
            return (null, ExportRefusal.BrokenArchive);
        }
    }

    /// <summary>The text from its beginning, as UTF-8 without a byte order mark.</summary>
    /// <exception cref="InvalidDataException">The archive was changed since it was opened.</exception>
    public Stream OpenText()
    {
        if (_chat is not null)
        {
            return ByteOrderMark.Skip(new TextStream(_chat.Open(), MostBytes(_chat), leaveOpen: false));
        }

        _file.Position = 0;
        return ByteOrderMark.Skip(new TextStream(_file, ChatExport.MaxTextBytes, leaveOpen: true));
    }

    /// <summary>Of the whole file as it stands, 32 bytes.</summary>
    public byte[] Hash()
    {
        _file.Position = 0;
        return System.Security.Cryptography.SHA256.HashData(_file);
    }

    public void Dispose()
    {
        _archive?.Dispose();
        _file.Dispose();
    }

    private static (ExportFile?, ExportRefusal?) Judged(FileStream file, ZipArchive? archive, ZipArchiveEntry? chat, ExportRefusal? refusal)
    {
        if (refusal is null)
        {
            return (new ExportFile(file, archive, chat), null);
        }

        archive?.Dispose();
        file.Dispose();
        return (null, refusal);
    }

    private static bool IsArchive(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 && (start.SequenceEqual("PK\u0003\u0004"u8) || start.SequenceEqual("PK\u0005\u0006"u8));
    }

    private static ExportRefusal? Find(ZipArchive archive, out ZipArchiveEntry? chat)
    {
        chat = null;
        if (archive.Entries.Count > ChatExport.MaxArchiveEntries)
        {
            return ExportRefusal.TooManyEntries;
        }

        ZipArchiveEntry[] named = [.. archive.Entries.Where(entry => entry.FullName == ChatEntry)];
        ZipArchiveEntry[] texts = named.Length > 0 ? named : [.. archive.Entries.Where(IsTopText)];
        if (named.Length > 1)
        {
            return ExportRefusal.DuplicateEntry;
        }

        // Other texts are attachments; the chat is the one that begins as a chat does.
        ZipArchiveEntry[] chats = texts.Length == 1 ? texts : [.. texts.Take(MostTextsLookedAt).Where(BeginsAsAChat)];
        if (chats.Length != 1)
        {
            return ExportRefusal.NoChatInArchive;
        }

        chat = chats[0];
        return chat.IsEncrypted ? ExportRefusal.Encrypted
            : chat.Length == 0 ? ExportRefusal.Empty
            : chat.Length > ChatExport.MaxTextBytes ? ExportRefusal.TooLarge
            : null;
    }

    private static long MostBytes(ZipArchiveEntry chat) =>
        Math.Min(ChatExport.MaxTextBytes, Math.Max(SmallTextBytes, chat.CompressedLength * ChatExport.MaxRatio));

    private static bool IsTopText(ZipArchiveEntry entry) =>
        entry.FullName == entry.Name && entry.Name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) && !entry.Name.StartsWith("._", StringComparison.Ordinal);

    private static bool BeginsAsAChat(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            return false;
        }

        try
        {
            using LineReader lines = new(ByteOrderMark.Skip(new TextStream(entry.Open(), SmallTextBytes, leaveOpen: false)));
            return lines.Next() && HeaderReader.TryRead(lines.Current, out _);
        }
        catch (InvalidDataException)
        {
            return false; // an attachment that is damaged
        }
    }
}
