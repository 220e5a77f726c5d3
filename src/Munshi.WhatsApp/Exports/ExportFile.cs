using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Munshi.WhatsApp.Exports;

/// <summary>The file that holds an export: the text itself, or a zip archive with it. Its text can be read several times.</summary>
internal sealed class ExportFile : IDisposable
{
    /// <summary>Below it no ratio is judged.</summary>
    private const long SmallTextBytes = 16 * 1024 * 1024;

    /// <summary>In so many lines a chat's first message must stand.</summary>
    private const int MostLinesLookedAt = 20;

    private const int SampleBytes = 4096;

    private readonly Stream _file;
    private readonly ZipArchive? _archive;
    private readonly ZipArchiveEntry? _chat;
    private readonly ILookup<string, ZipArchiveEntry>? _files;

    private ExportFile(string name, Stream file, ZipArchive? archive, ZipArchiveEntry? chat)
    {
        _file = file;
        _archive = archive;
        _chat = chat;
        ChatName = Exports.ChatName.Of(name) ?? (chat is null ? null : Exports.ChatName.Of(chat.Name));
        if (archive is not null)
        {
            ILookup<string, ZipArchiveEntry> files = archive.Entries
                .Where(entry => entry != chat && entry.Name.Length > 0 && !ArchivedNames.IsOfTheComputer(entry))
                .ToLookup(entry => MediaNames.Compared(entry.Name), StringComparer.OrdinalIgnoreCase);
            EntryNames = files.Select(named => named.Key).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
            HasTwins = files.Any(named => named.Skip(1).Any());
            _files = files;
        }
    }

    /// <summary>Bytes, packed.</summary>
    public long Length => _file.Length;

    /// <summary>The names of the other entries, for comparison only; null where there is no archive.</summary>
    public FrozenSet<string>? EntryNames { get; }

    /// <summary>Whether several of them have one name.</summary>
    public bool HasTwins { get; }

    /// <summary>Whom the chat is with, by the name of the file or of its text; null where it does not tell.</summary>
    public string? ChatName { get; }

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

        return Open(file, Path.GetFileName(path));
    }

    /// <param name="file">Can seek; disposed with the file, or here where it is refused.</param>
    /// <param name="name">Its name, without a path.</param>
    public static (ExportFile? File, ExportRefusal? Refusal) Open(Stream file, string name)
    {
        if (!IsArchive(file))
        {
            return Judged(name, file, null, null, file.Length == 0 ? ExportRefusal.Empty : file.Length > ChatExport.MaxTextBytes ? ExportRefusal.TooLarge : null);
        }

        if (ArchiveDirectory.Check(file) is { } unreadable)
        {
            return Judged(name, file, null, null, unreadable);
        }

        ZipArchive archive;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            ExportRefusal? refusal = Find(archive, out ZipArchiveEntry? chat);
            refusal ??= ArchivedText.Check(chat!, MostBytes(chat!));
            return Judged(name, file, archive, chat, refusal);
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

    /// <summary>As <see cref="ChatExport.OpenFile"/>.</summary>
    public Stream? OpenFile(string name, long most, out long length)
    {
        ZipArchiveEntry? only = _files?[MediaNames.Compared(name)].ToArray() is [{ IsEncrypted: false } one] && one.Length <= most ? one : null;
        length = only?.Length ?? 0;
        return only is null ? null : new ArchivedFile(only);
    }

    /// <summary>Whether it begins as text does: UTF-8 without NUL.</summary>
    public bool IsText()
    {
        using Stream text = OpenText();
        byte[] sample = new byte[SampleBytes];
        int read = text.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> seen = sample.AsSpan(0, read);
        int cut = Math.Min(read, 3); // a sequence that the sample's end cuts in two
        return !seen.Contains((byte)0) && (Utf8.IsValid(seen) || Enumerable.Range(1, cut).Any(bytes => Utf8.IsValid(sample.AsSpan(0, read - bytes))));
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

    private static (ExportFile?, ExportRefusal?) Judged(string name, Stream file, ZipArchive? archive, ZipArchiveEntry? chat, ExportRefusal? refusal)
    {
        if (refusal is null)
        {
            return (new ExportFile(name, file, archive, chat), null);
        }

        archive?.Dispose();
        file.Dispose();
        return (null, refusal);
    }

    private static bool IsArchive(Stream file)
    {
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 4 && (start.SequenceEqual("PK\u0003\u0004"u8) || start.SequenceEqual("PK\u0005\u0006"u8));
    }

    private static ExportRefusal? Find(ZipArchive archive, out ZipArchiveEntry? chat)
    {
        chat = null;
        if (archive.Entries.Any(entry => ArchivedNames.PointsOut(entry.FullName)))
        {
            return ExportRefusal.UnsafeName;
        }

        if (ArchivedNames.Chat(archive, BeginsAsAChat, out chat) is { } refusal)
        {
            return refusal;
        }

        return chat!.IsEncrypted ? ExportRefusal.Encrypted
            : chat.Length == 0 ? ExportRefusal.Empty
            : chat.Length > ChatExport.MaxTextBytes ? ExportRefusal.TooLarge
            : null;
    }

    private static long MostBytes(ZipArchiveEntry chat) =>
        Math.Min(ChatExport.MaxTextBytes, Math.Max(SmallTextBytes, chat.CompressedLength * ChatExport.MaxRatio));

    private static bool BeginsAsAChat(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            return false;
        }

        try
        {
            using LineReader lines = new(ByteOrderMark.Skip(new TextStream(entry.Open(), SmallTextBytes, leaveOpen: false)));
            for (int line = 0; line < MostLinesLookedAt && lines.Next(); line++)
            {
                if (HeaderReader.TryRead(lines.Current, out _))
                {
                    return true;
                }
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return false; // an attachment that is damaged
        }
    }
}
