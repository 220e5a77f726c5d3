using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.WhatsApp.Tests.Backups.Making;

/// <summary>Writes backups as a phone does, from what is known of the format alone.</summary>
internal sealed record BackupMaker
{
    /// <summary>What the user was shown; of nobody's phone.</summary>
    public const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly byte[] JavaArray = Convert.FromHexString("ACED0005757200025B42ACF317F8060854E002000078700000");

    private static readonly byte[] ServerSalt = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] AccountSalt = [.. Enumerable.Range(101, 16).Select(i => (byte)i)];
    private static readonly byte[] CipherKey = [.. Enumerable.Range(201, 32).Select(i => (byte)i)];

    public bool IsPacked { get; init; } = true;

    public bool HasChecksum { get; init; } = true;

    /// <summary>Whether the header tells which migrations the database went through: it is longer than 127 bytes then.</summary>
    public bool HasFeatures { get; init; } = true;

    public bool IsCrypt14 { get; init; }

    /// <summary>The file <c>encrypted_backup.key</c>.</summary>
    public static byte[] KeyFile => [.. JavaArray, 0, 32, .. Convert.FromHexString(Digits)];

    /// <summary>The app's own file <c>key</c>, of crypt14.</summary>
    public static byte[] AppKeyFile => [.. JavaArray, 0, 131, 0, 1, 2, .. ServerSalt, .. AccountSalt, .. SHA256.HashData(AccountSalt), .. new byte[16], .. CipherKey];

    public byte[] Of(ReadOnlySpan<byte> content)
    {
        byte[] nonce = [.. Enumerable.Range(41, 16).Select(i => (byte)i)];
        byte[] header = Header(nonce);
        (byte[] encrypted, byte[] tag) = SpecifiedGcm.Encrypt(IsCrypt14 ? CipherKey : WorkingKey(), nonce, IsPacked ? Packed(content) : content);
        byte[] file = [.. Varint(header.Length), .. header, .. encrypted, .. tag];
#pragma warning disable CA5351 // the format's checksum, which proves nothing
        return HasChecksum ? [.. file, .. MD5.HashData(file)] : file;
#pragma warning restore CA5351
    }

    /// <summary>RFC 5869 with SHA-256, by its two steps.</summary>
    private static byte[] WorkingKey() =>
        HMACSHA256.HashData(HMACSHA256.HashData(new byte[32], Convert.FromHexString(Digits)), (byte[])[.. "backup encryption"u8, 1]);

    private byte[] Header(byte[] nonce)
    {
        byte[] metadata =
        [
            .. Field(1, Encoding.ASCII.GetBytes("2.26.34.7")), .. Field(3, "01"u8), 0x20, 1,
            .. HasFeatures ? Enumerable.Range(5, 33).Append(39).SelectMany(feature => (byte[])[.. Varint(feature << 3), 1]) : [],
        ];
        byte[] key = IsCrypt14
            ? Field(2, [.. Field(1, [0, 1]), .. Field(2, "2"u8), .. Field(3, ServerSalt), .. Field(4, AccountSalt), .. Field(5, nonce)])
            : Field(3, Field(1, nonce));
        return [0x08, (byte)(IsCrypt14 ? 0 : 1), .. key, .. Field(4, metadata), 0x30, (byte)(IsCrypt14 ? 0 : 3)];
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [.. Varint((number << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];

    private static byte[] Packed(ReadOnlySpan<byte> content)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }
}
