using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Munshi.WhatsApp.Backups;

/// <summary>The key of a backup. Its bytes are never moved, and are wiped when it is disposed.</summary>
public sealed class BackupKey : IDisposable
{
    /// <summary>No key file is longer.</summary>
    public const int MostBytes = 4096;

    internal const int KeyBytes = 32;

    private const int AppKeyBytes = 131;
    private const int ServerSaltAt = 3;
    private const int AccountSaltAt = 35;
    private const int AccountHashAt = 51;
    private const int AppCipherAt = 99;

    private readonly byte[] _secret;

    private BackupKey(ReadOnlySpan<byte> secret)
    {
        _secret = Pinned(secret.Length);
        secret.CopyTo(_secret);
    }

    /// <summary>What it opens.</summary>
    public BackupKind Kind => _secret.Length == KeyBytes ? BackupKind.Crypt15 : BackupKind.Crypt14;

    /// <summary>A Java object stream with one array of bytes: magic, version 5, the class <c>[B</c> with its serial number, its flags, no fields, no parent.</summary>
    private static ReadOnlySpan<byte> JavaBytes =>
        [0xAC, 0xED, 0x00, 0x05, 0x75, 0x72, 0x00, 0x02, 0x5B, 0x42, 0xAC, 0xF3, 0x17, 0xF8, 0x06, 0x08, 0x54, 0xE0, 0x02, 0x00, 0x00, 0x78, 0x70];

    /// <summary>
    /// 64 hexadecimal digits, in groups or not; or the file <c>encrypted_backup.key</c> (32 bytes) or <c>key</c> (131 bytes), each a Java array.
    /// </summary>
    /// <param name="file">Read to its end, at most <see cref="MostBytes"/>.</param>
    /// <returns>Null where it is neither.</returns>
    public static BackupKey? Read(Stream file)
    {
        byte[] read = Pinned(MostBytes + 1);
        try
        {
            int length = file.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> bytes = read.AsSpan(0, length);
            return length > MostBytes ? null : bytes.StartsWith(JavaBytes) ? FromJava(bytes[JavaBytes.Length..]) : FromDigits(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(read);
        }
    }

    /// <param name="header">Of the backup.</param>
    /// <param name="cipherKey">32 bytes, to be filled.</param>
    internal BackupRefusal? Derive(BackupHeader header, Span<byte> cipherKey)
    {
        if (header.Kind != Kind)
        {
            return BackupRefusal.KeyOfOtherKind;
        }

        if (Kind is BackupKind.Crypt15)
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, cipherKey, salt: [], "backup encryption"u8);
            return null;
        }

        _secret.AsSpan(AppCipherAt).CopyTo(cipherKey);
        bool isOfTheFile = header.ServerSalt.AsSpan().SequenceEqual(_secret.AsSpan(ServerSaltAt, 32)) && header.AccountSalt.AsSpan().SequenceEqual(_secret.AsSpan(AccountSaltAt, 16));
        return isOfTheFile ? null : BackupRefusal.WrongKey;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    public override string ToString() => nameof(BackupKey);

    /// <summary>The garbage collector leaves no copies of it behind.</summary>
    internal static byte[] Pinned(int length) => GC.AllocateArray<byte>(length, pinned: true);

    private static BackupKey? FromJava(ReadOnlySpan<byte> array)
    {
        if (array.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(array) != array.Length - 4)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = array[4..];
        return bytes.Length == KeyBytes || IsAppKey(bytes) ? new BackupKey(bytes) : null;
    }

    /// <summary>Cipher version 1, key version 1 to 3, two salts, the SHA-256 of the second, an empty nonce, the key.</summary>
    private static bool IsAppKey(ReadOnlySpan<byte> bytes) =>
        bytes.Length == AppKeyBytes
        && bytes is [0, 1, >= 1 and <= 3, ..]
        && SHA256.HashData(bytes[AccountSaltAt..AccountHashAt]).AsSpan().SequenceEqual(bytes.Slice(AccountHashAt, 32));

    private static BackupKey? FromDigits(ReadOnlySpan<byte> text)
    {
        Span<byte> secret = stackalloc byte[KeyBytes];
        int digits = 0;
        try
        {
            foreach (byte character in text.StartsWith("\uFEFF"u8) ? text[3..] : text)
            {
                int digit = Digit(character);
                if (digit == NoDigit && character is not ((byte)' ' or (byte)'-' or (byte)':' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                {
                    return null;
                }

                if (digit != NoDigit && digits < 2 * KeyBytes)
                {
                    secret[digits / 2] = (byte)((secret[digits / 2] << 4) | digit);
                }

                digits += digit == NoDigit ? 0 : 1;
            }

            return digits == 2 * KeyBytes ? new BackupKey(secret) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private const int NoDigit = -1;

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => NoDigit,
    };
}
