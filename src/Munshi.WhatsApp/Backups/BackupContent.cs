using System.IO.Compression;

namespace Munshi.WhatsApp.Backups;

/// <summary>What the first plain bytes of a backup tell of it.</summary>
/// <param name="IsPacked">Whether a zlib stream (RFC 1950) begins here.</param>
/// <param name="Refusal">Why it is not a database of messages; null for a database.</param>
internal readonly record struct BackupContent(bool IsPacked, BackupRefusal? Refusal)
{
    private const int MagicBytes = 16;

    private static ReadOnlySpan<byte> Database => "SQLite format 3\0"u8;

    private static ReadOnlySpan<byte> Archive => "PK\u0003\u0004"u8;

    /// <summary>Whether these bytes can be the beginning of anything that a phone backs up.</summary>
    public bool IsKnown => IsPacked || Refusal is not BackupRefusal.NoMessages;

    /// <param name="start">The first plain bytes.</param>
    /// <param name="length">How many of them there are.</param>
    public static BackupContent Of(byte[] start, int length)
    {
        ReadOnlySpan<byte> plain = start.AsSpan(0, length);
        byte[] unpacked = new byte[MagicBytes];
        try
        {
            using ZLibStream zlib = new(new MemoryStream(start, 0, length), CompressionMode.Decompress);
            int read = zlib.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return new BackupContent(IsPacked: read > 0, Refused(read > 0 ? unpacked.AsSpan(0, read) : plain));
        }
        catch (InvalidDataException)
        {
            return new BackupContent(IsPacked: false, Refused(plain));
        }
    }

    private static BackupRefusal? Refused(ReadOnlySpan<byte> start) =>
        start.StartsWith(Database) ? null : start.StartsWith(Archive) ? BackupRefusal.OneOfSeveral : BackupRefusal.NoMessages;
}
