using System.Buffers.Binary;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>One record as exported. Read only in the one form in which it is written, so that no byte of it can be another.</summary>
internal readonly ref struct RecordLine
{
    private const int LongestObject = 100;

    /// <summary>The leaf's object.</summary>
    public ReadOnlySpan<byte> Target { get; private init; }

    /// <summary>What the leaf must name; null where the record could not be opened.</summary>
    public Digest? Commitment { get; private init; }

    /// <summary>Over the sealed columns; null where the record has none.</summary>
    public Digest? CiphertextHash { get; private init; }

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

    /// <summary>Reads a line; false where it is not exactly a record's encoding.</summary>
    /// <param name="line">Without its line feed.</param>
    /// <param name="scratch">At least as long as the line.</param>
    /// <param name="record">Good for as long as the line's bytes are.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, scoped Span<byte> scratch, out RecordLine record)
    {
        record = default;
        int comma = line.IndexOf((byte)',');
        if (SeqOf(line) is null
            || !Take(ref line, line[..comma])
            || !Take(ref line, ",\"object\":\""u8)
            || !Text(ref line, out ReadOnlySpan<byte> target)
            || !Take(ref line, "\",\"record\":"u8)
            || !Bytes(ref line, scratch, out int canonical)
            || !Take(ref line, ",\"salt\":"u8)
            || !Bytes(ref line, scratch[Math.Max(0, canonical)..], out int salt)
            || !Take(ref line, ",\"sealed\":["u8)
            || canonical < 0 != salt < 0
            || salt is >= 0 and not Digest.Length)
        {
            return false;
        }

        Digest? commitment = salt < 0 ? null : Sha256.Hmac(scratch.Slice(canonical, salt), scratch[..canonical]);
        Digest? ciphertext = null;
        if ((!line.StartsWith("]"u8) && !Columns(ref line, scratch, out ciphertext)) || !line.SequenceEqual("]}"u8))
        {
            return false;
        }

        record = new RecordLine { Target = target, Commitment = commitment, CiphertextHash = ciphertext };
        return true;
    }

    /// <summary>SHA-256 over the columns, each after its length; a column's text is longer than its bytes and their length.</summary>
    private static bool Columns(ref ReadOnlySpan<byte> line, scoped Span<byte> scratch, out Digest? ciphertext)
    {
        int end = 0;
        ciphertext = null;
        do
        {
            if (scratch.Length - end < sizeof(uint) || !Bytes(ref line, scratch[(end + sizeof(uint))..], out int length))
            {
                return false;
            }

            BinaryPrimitives.WriteUInt32BigEndian(scratch[end..], length < 0 ? uint.MaxValue : (uint)length);
            end += sizeof(uint) + Math.Max(0, length);
        }
        while (Take(ref line, ","u8));
        ciphertext = Sha256.Of(scratch[..end], []);
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> line, scoped ReadOnlySpan<byte> expected)
    {
        if (!line.StartsWith(expected))
        {
            return false;
        }

        line = line[expected.Length..];
        return true;
    }

    private static bool Text(scoped ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        int end = line.IndexOf((byte)'"');
        text = default;
        if (end is < 0 or > LongestObject || line[..end].ContainsAnyExceptInRange((byte)' ', (byte)'~') || line[..end].Contains((byte)'\\'))
        {
            return false;
        }

        text = line[..end];
        line = line[end..];
        return true;
    }

    /// <summary><c>null</c>, which has the length -1, or canonical base64 in quotation marks.</summary>
    private static bool Bytes(ref ReadOnlySpan<byte> line, scoped Span<byte> destination, out int length)
    {
        length = -1;
        if (Take(ref line, "null"u8))
        {
            return true;
        }

        int end = line.StartsWith("\""u8) ? line[1..].IndexOf((byte)'"') : -1;
        if (end < 0 || end / 4 * 3 > destination.Length || !CanonicalBase64.TryDecode(line.Slice(1, end), destination, out length))
        {
            return false;
        }

        line = line[(end + 2)..];
        return true;
    }
}
