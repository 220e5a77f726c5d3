using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Keyring;

namespace Munshi.Audit;

/// <summary>A salted commitment to a whole immutable record, and the hash of its ciphertext. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <remarks>
/// Canonical record: per field, in fixed order, <c>name SP length SP value LF</c> with the value's length in bytes, or
/// <c>name - LF</c> where there is no value. Commitment: HMAC-SHA-256 keyed with the row's salt, itself derived from the data key,
/// so that destroying the key leaves nothing to test guesses against.
/// </remarks>
internal sealed class RecordCommitment
{
    private const string SaltPurpose = "commitment-salt";

    private readonly ArrayBufferWriter<byte> _canonical = new(512);

    public RecordCommitment Field(string name, string? value) =>
        value is null ? Absent(name) : Field(name, Encoding.UTF8.GetBytes(value));

    public RecordCommitment Field(string name, byte[]? value)
    {
        if (value is null)
        {
            return Absent(name);
        }

        Write(string.Create(CultureInfo.InvariantCulture, $"{name} {value.Length} "));
        _canonical.Write(value);
        Write("\n");
        return this;
    }

    /// <summary>UTC, microseconds: <c>2026-11-21T09:30:00.000000Z</c>.</summary>
    public RecordCommitment Field(string name, DateTimeOffset? value) =>
        Field(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>The canonical record as far as it is written.</summary>
    public ReadOnlyMemory<byte> Canonical => _canonical.WrittenMemory;

    public byte[] Commit(KeyMaterial key, Guid rowId)
    {
        Span<byte> salt = stackalloc byte[KeyMaterial.Length];
        key.Derive(rowId, SaltPurpose, salt);
        return HMACSHA256.HashData(salt, _canonical.WrittenSpan);
    }

    /// <summary>What keys a row's commitment: 32 bytes.</summary>
    public static byte[] SaltOf(KeyMaterial key, Guid rowId)
    {
        byte[] salt = new byte[KeyMaterial.Length];
        key.Derive(rowId, SaltPurpose, salt);
        return salt;
    }

    /// <summary>SHA-256 over the sealed columns in order, each as u32 big-endian length and bytes; an absent one as FF FF FF FF.</summary>
    public static byte[] HashCiphertexts(params ReadOnlySpan<byte[]?> columns)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (byte[]? column in columns)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(length, column is null ? uint.MaxValue : (uint)column.Length);
            hash.AppendData(length);
            hash.AppendData(column ?? []);
        }

        return hash.GetHashAndReset();
    }

    private RecordCommitment Absent(string name)
    {
        Write($"{name} -\n");
        return this;
    }

    private void Write(string ascii)
    {
        Span<byte> span = _canonical.GetSpan(ascii.Length);
        _canonical.Advance(Encoding.ASCII.GetBytes(ascii, span));
    }
}
