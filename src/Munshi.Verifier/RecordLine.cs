using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>One record as exported. Read only in the one form in which it is written, so that no byte of it can be another.</summary>
/// <param name="Target">The leaf's object.</param>
/// <param name="Record">The canonical record; null where it could not be opened.</param>
/// <param name="Salt">32 bytes; null together with the record.</param>
/// <param name="CiphertextHash">Over the sealed columns; null where the record has none.</param>
internal sealed record RecordLine(string Target, byte[]? Record, byte[]? Salt, Digest? CiphertextHash)
{
    private const int LongestObject = 100;

    /// <summary>The line's number, or null where the line does not begin as one of a record does.</summary>
    public static long? SeqOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{\"seq\":"u8))
        {
            return null;
        }

        line = line["{\"seq\":"u8.Length..];
        int end = line.IndexOf((byte)',');
        return end > 0 && CanonicalDecimal.TryParse(line[..end], out long seq) ? seq : null;
    }

    /// <summary>The record, or null where the line is not exactly one's encoding.</summary>
    /// <param name="line">Without its line feed.</param>
    public static RecordLine? Parse(ReadOnlySpan<byte> line)
    {
        int comma = line.IndexOf((byte)',');
        if (SeqOf(line) is null
            || !Take(ref line, line[..comma])
            || !Take(ref line, ",\"object\":\""u8)
            || !Text(ref line, out string? target)
            || !Take(ref line, "\",\"record\":"u8)
            || !Bytes(ref line, out byte[]? record)
            || !Take(ref line, ",\"salt\":"u8)
            || !Bytes(ref line, out byte[]? salt)
            || !Take(ref line, ",\"sealed\":["u8))
        {
            return null;
        }

        Digest? ciphertext = null;
        if (!line.StartsWith("]"u8) && !Columns(ref line, out ciphertext))
        {
            return null;
        }

        return line.SequenceEqual("]}"u8) && (record is null) == (salt is null) && salt is null or { Length: Digest.Length }
            ? new RecordLine(target, record, salt, ciphertext)
            : null;
    }

    /// <summary>What the leaf must name; null where the record could not be opened.</summary>
    public Digest? Commitment()
    {
        if (Record is null)
        {
            return null;
        }

        Span<byte> commitment = stackalloc byte[Digest.Length];
        HMACSHA256.HashData(Salt!, Record, commitment);
        return new Digest(commitment);
    }

    private static bool Columns(ref ReadOnlySpan<byte> line, out Digest? ciphertext)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        ciphertext = null;
        do
        {
            if (!Bytes(ref line, out byte[]? column))
            {
                return false;
            }

            BinaryPrimitives.WriteUInt32BigEndian(length, column is null ? uint.MaxValue : (uint)column.Length);
            hash.AppendData(length);
            hash.AppendData(column ?? []);
        }
        while (Take(ref line, ","u8));
        ciphertext = new Digest(hash.GetHashAndReset());
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> line, ReadOnlySpan<byte> expected)
    {
        if (!line.StartsWith(expected))
        {
            return false;
        }

        line = line[expected.Length..];
        return true;
    }

    private static bool Text(ref ReadOnlySpan<byte> line, [NotNullWhen(true)] out string? text)
    {
        int end = line.IndexOf((byte)'"');
        text = null;
        if (end is < 0 or > LongestObject || line[..end].ContainsAnyExceptInRange((byte)' ', (byte)'~') || line[..end].Contains((byte)'\\'))
        {
            return false;
        }

        text = Encoding.ASCII.GetString(line[..end]);
        line = line[end..];
        return true;
    }

    /// <summary><c>null</c>, or canonical base64 in quotation marks.</summary>
    private static bool Bytes(ref ReadOnlySpan<byte> line, out byte[]? bytes)
    {
        bytes = null;
        if (Take(ref line, "null"u8))
        {
            return true;
        }

        int end = line.StartsWith("\""u8) ? line[1..].IndexOf((byte)'"') : -1;
        if (end < 0 || !CanonicalBase64.TryDecode(line.Slice(1, end), out bytes))
        {
            return false;
        }

        line = line[(end + 2)..];
        return true;
    }
}
