namespace Munshi.WhatsApp.Backups;

/// <summary>What stands in the clear before a backup's bytes.</summary>
/// <param name="Length">Of the header, its own length among it, in bytes: there the encrypted bytes begin.</param>
/// <param name="Kind">How it is encrypted.</param>
/// <param name="Nonce">16 bytes.</param>
/// <param name="ServerSalt">Of crypt14, 32 bytes; else empty.</param>
/// <param name="AccountSalt">Of crypt14, 16 bytes; else empty.</param>
internal sealed record BackupHeader(int Length, BackupKind Kind, byte[] Nonce, byte[] ServerSalt, byte[] AccountSalt)
{
    /// <summary>Known ones are below 256 bytes.</summary>
    public const int MostBytes = 4096;

    private const int NonceBytes = 16;
    private const int AppKeyField = 2;
    private const int EndToEndField = 3;

    /// <param name="start">The file's first bytes, <see cref="MostBytes"/> of them where it has so many.</param>
    public static (BackupHeader? Header, BackupRefusal? Refusal) Read(ReadOnlySpan<byte> start)
    {
        if (start is [0, 1, >= 1 and <= 3, ..])
        {
            return (null, BackupRefusal.TooOld); // cipher and key version in plain bytes
        }

        ReadOnlySpan<byte> rest = start;
        if (!ProtobufReader.TryVarint(ref rest, out ulong length) || length is 0 || length > (ulong)rest.Length)
        {
            return (null, BackupRefusal.NotABackup);
        }

        ProtobufReader fields = new(rest[..(int)length]);
        BackupHeader? header = null;
        while (fields.MoveNext())
        {
            header = fields.Field switch
            {
                AppKeyField => AppKey(fields.Bytes),
                EndToEndField => EndToEnd(fields.Bytes),
                _ => null,
            } ?? header;
        }

        return fields.IsBroken || header is null
            ? (null, BackupRefusal.NotABackup)
            : (header with { Length = start.Length - rest.Length + (int)length }, null);
    }

    private static BackupHeader? EndToEnd(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> nonce = Bytes(message, field: 1);
        return nonce.Length == NonceBytes ? new BackupHeader(0, BackupKind.Crypt15, nonce.ToArray(), [], []) : null;
    }

    private static BackupHeader? AppKey(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> nonce = Bytes(message, field: 5);
        return nonce.Length == NonceBytes
            ? new BackupHeader(0, BackupKind.Crypt14, nonce.ToArray(), Bytes(message, field: 3).ToArray(), Bytes(message, field: 4).ToArray())
            : null;
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> message, int field)
    {
        ProtobufReader fields = new(message);
        while (fields.MoveNext())
        {
            if (fields.Field == field)
            {
                return fields.Bytes;
            }
        }

        return default;
    }
}
