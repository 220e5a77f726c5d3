using System.Buffers.Binary;

namespace Munshi.WhatsApp.Exports;

/// <summary>Looks at the end of a zip archive before anything of its directory is read: a directory of millions of entries would fill the memory.</summary>
/// <remarks>APPNOTE 4.3.16: the end record, 22 bytes and a comment; 4.3.14 and 4.3.15: its 64-bit form, where a field is full.</remarks>
internal static class ArchiveDirectory
{
    private const int EndBytes = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorBytes = 20;
    private const int LongEndBytes = 56;

    /// <summary>64 MiB: names of ordinary length for far more entries than are allowed.</summary>
    private const long MaxDirectoryBytes = 64L * 1024 * 1024;

    /// <returns>Why the archive is not opened; null where nothing speaks against it. The stream is at its beginning then.</returns>
    public static ExportRefusal? Check(Stream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, EndBytes + LongestComment + LocatorBytes)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        int end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndBytes)
        {
            return ExportRefusal.BrokenArchive;
        }

        ReadOnlySpan<byte> record = tail.AsSpan(end);
        ulong entries = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (record[4..20].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xFF]) >= 0 && LongEnd(file, tail.AsSpan(0, end)) is { } longEnd)
        {
            entries = BinaryPrimitives.ReadUInt64LittleEndian(longEnd.AsSpan(32));
            offset = BinaryPrimitives.ReadUInt64LittleEndian(longEnd.AsSpan(48));
        }

        return offset > (ulong)file.Length ? ExportRefusal.BrokenArchive
            : entries > ChatExport.MaxArchiveEntries || (ulong)file.Length - offset > MaxDirectoryBytes ? ExportRefusal.TooManyEntries
            : null;
    }

    /// <summary>The 64-bit end record, where the bytes before the end record say that there is one.</summary>
    private static byte[]? LongEnd(Stream file, ReadOnlySpan<byte> before)
    {
        if (before.Length < LocatorBytes || !before[^LocatorBytes..].StartsWith("PK\u0006\u0007"u8))
        {
            return null;
        }

        ulong at = BinaryPrimitives.ReadUInt64LittleEndian(before[^(LocatorBytes - 8)..]);
        if (at > (ulong)Math.Max(0, file.Length - LongEndBytes))
        {
            return null;
        }

        byte[] record = new byte[LongEndBytes];
        file.Position = (long)at;
        file.ReadExactly(record);
        file.Position = 0;
        return record.AsSpan().StartsWith("PK\u0006\u0006"u8) ? record : null;
    }
}
