using System.IO.Compression;

namespace Munshi.WhatsApp.Exports;

/// <summary>Whether the text of an archive is what the archive's directory says of it.</summary>
/// <remarks><see cref="ZipArchiveEntry.Open"/> compares no checksum, and ends a text silently where the directory says that it ends.</remarks>
internal static class ArchivedText
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads the entry once to its end, or to one byte more than is allowed.</summary>
    /// <param name="entry">Not encrypted.</param>
    /// <param name="most">Bytes; a text beyond it is too large.</param>
    /// <exception cref="InvalidDataException">The archive is damaged at the entry.</exception>
    public static ExportRefusal? Check(ZipArchiveEntry entry, long most)
    {
        using Stream opened = entry.Open();
        using Stream text = opened is DeflateStream cut ? new DeflateStream(cut.BaseStream, CompressionMode.Decompress, leaveOpen: true) : opened;
        byte[] buffer = new byte[BufferBytes];
        Crc32 checksum = new();
        long length = 0;
        int read;
        while ((read = text.Read(buffer)) > 0)
        {
            checksum.Append(buffer.AsSpan(0, read));
            length += read;
            if (length > most)
            {
                return ExportRefusal.TooLarge;
            }
        }

        return length == entry.Length && checksum.Value == entry.Crc32 ? null : ExportRefusal.BrokenArchive;
    }
}
