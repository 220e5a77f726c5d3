using System.IO.Compression;
using System.Security.Cryptography;

namespace Munshi.WhatsApp.Backups;

/// <summary>A backup that WhatsApp on Android wrote (<c>msgstore.db.crypt15</c>, <c>.crypt14</c>), opened with its key. Layouts by observation; WhatsApp publishes none.</summary>
/// <remarks>
/// The file is walked over twice: once to verify every byte of it, once to unpack it. Neither walk holds more than a buffer. Any bytes
/// give a backup or a refusal. Not safe for concurrent use.
/// </remarks>
public sealed class BackupFile : IDisposable
{
    /// <summary>64 GiB.</summary>
    public const long MaxDatabaseBytes = 64L * 1024 * 1024 * 1024;

    /// <summary>How many times larger than packed the database may be, above 64 MiB; known ones are about 2 times.</summary>
    public const int MaxRatio = 200;

    private const long SmallDatabaseBytes = 64 * 1024 * 1024;
    private const int ChecksumBytes = 16;
    private const int BufferBytes = 128 * 1024;

    private readonly Stream _file;
    private readonly BackupHeader _header;
    private readonly byte[] _key;
    private long _tagAt;
    private bool _isPacked;

    private BackupFile(Stream file, BackupHeader header)
    {
        (_file, _header) = (file, header);
        _key = BackupKey.Pinned(BackupKey.KeyBytes);
    }

    public BackupKind Kind => _header.Kind;

    /// <summary>The SHA-256 of the whole file as it stands, 32 bytes.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <param name="file">Can seek, and is read synchronously; disposed with the backup, or here where it is refused.</param>
    /// <param name="key">Not needed afterwards.</param>
    /// <param name="cancellationToken">Honoured between pieces.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BackupOpening Open(Stream file, BackupKey key, CancellationToken cancellationToken)
    {
        BackupFile? backup = null;
        bool isOpen = false;
        try
        {
            byte[] start = new byte[BackupHeader.MostBytes];
            file.Position = 0;
            int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            (BackupHeader? header, BackupRefusal? refusal) = BackupHeader.Read(start.AsSpan(0, read));
            if (header is null)
            {
                return new BackupOpening.Refused(refusal!.Value);
            }

            backup = new BackupFile(file, header);
            refusal = key.Derive(header, backup._key) ?? backup.Verify(cancellationToken);
            isOpen = refusal is null;
            return refusal is { } reason ? new BackupOpening.Refused(reason) : new BackupOpening.Opened(backup);
        }
        finally
        {
            if (!isOpen)
            {
                backup?.Dispose();
                file.Dispose();
            }
        }
    }

    /// <summary>Unpacks the database, and verifies the file anew while it does.</summary>
    /// <param name="database">Written from where it stands.</param>
    /// <param name="cancellationToken">Honoured between pieces.</param>
    /// <returns>Null for a whole database; else what was written is to be thrown away.</returns>
    public BackupRefusal? Unpack(Stream database, CancellationToken cancellationToken)
    {
        long packed = _tagAt - _header.Length;
        long most = Math.Min(MaxDatabaseBytes, Math.Max(SmallDatabaseBytes, packed * MaxRatio));
        using GcmDecryption decryption = new(_key, _header.Nonce);
        using DecryptedStream plain = new(_file, decryption, _header.Length, packed);
        byte[] buffer = new byte[BufferBytes];
        try
        {
            using Stream content = _isPacked ? new ZLibStream(plain, CompressionMode.Decompress, leaveOpen: true) : plain;
            long written = 0;
            for (int read = content.Read(buffer); read > 0; read = content.Read(buffer))
            {
                written += read;
                if (written > most)
                {
                    return BackupRefusal.TooLarge;
                }

                database.Write(buffer, 0, read);
                cancellationToken.ThrowIfCancellationRequested();
            }

            while (plain.Read(buffer) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested(); // behind the end of the zlib stream
            }

            Span<byte> tag = buffer.AsSpan(0, GcmDecryption.TagBytes);
            _file.Position = _tagAt;
            _file.ReadExactly(tag);
            return decryption.Verify(tag) ? null : BackupRefusal.Damaged;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return BackupRefusal.Damaged;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        _file.Dispose();
    }

    /// <summary>Every byte of the file: the tag, and the MD5 behind it where there is one. Nothing plain leaves it.</summary>
    private BackupRefusal? Verify(CancellationToken cancellationToken)
    {
        long end = _file.Length - GcmDecryption.TagBytes - ChecksumBytes;
        if (end <= _header.Length)
        {
            return BackupRefusal.WrongKeyOrDamaged;
        }

        using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash checksum = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using GcmDecryption decryption = new(_key, _header.Nonce);
        byte[] buffer = new byte[BufferBytes];
        byte[] plain = new byte[BufferBytes];
        try
        {
            Read(buffer.AsSpan(0, _header.Length), 0);
            BackupContent? content = null;
            for (long at = _header.Length; at < end;)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at));
                Read(piece, at);
                decryption.Update(piece, plain);
                content ??= BackupContent.Of(plain, piece.Length);
                at += piece.Length;
                cancellationToken.ThrowIfCancellationRequested();
            }

            Span<byte> behind = buffer.AsSpan(0, GcmDecryption.TagBytes + ChecksumBytes);
            Read(behind[..GcmDecryption.TagBytes], end);
            bool hasChecksum = checksum.GetHashAndReset().AsSpan().SequenceEqual(ReadLast(behind[GcmDecryption.TagBytes..]));
            if (!hasChecksum)
            {
                decryption.Update(behind[..GcmDecryption.TagBytes], plain); // the last encrypted bytes; the tag stands at the end
            }

            Hash = whole.GetHashAndReset();
            _tagAt = hasChecksum ? end : end + ChecksumBytes;
            _isPacked = content!.Value.IsPacked;
            return decryption.Verify(hasChecksum ? behind[..GcmDecryption.TagBytes] : behind[GcmDecryption.TagBytes..]) ? content.Value.Refusal
                : hasChecksum ? BackupRefusal.WrongKey
                : content.Value.IsKnown ? BackupRefusal.Damaged
                : BackupRefusal.WrongKeyOrDamaged;
        }
        catch (EndOfStreamException)
        {
            return BackupRefusal.Damaged; // it became shorter meanwhile
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }

        void Read(Span<byte> bytes, long at)
        {
            _file.Position = at;
            _file.ReadExactly(bytes);
            whole.AppendData(bytes);
            checksum.AppendData(bytes);
        }

        Span<byte> ReadLast(Span<byte> bytes)
        {
            _file.ReadExactly(bytes);
            whole.AppendData(bytes);
            return bytes;
        }
    }
}
