using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>What a file says of its encoding in its first bytes. Phones write UTF-8; Windows programs also save UTF-16, now and then without a mark.</summary>
internal static class ByteOrderMark
{
    private const int Longest = 3;

    /// <summary>The rest of the stream, as UTF-8.</summary>
    public static Stream Skip(TextStream stream)
    {
        byte[] start = new byte[Longest];
        int read = 0;
        try
        {
            read = stream.ReadAtLeast(start, Longest, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or TextTooLargeException)
        {
            // Whoever reads on meets the same.
        }

        ReadOnlySpan<byte> seen = start.AsSpan(0, read);
        (int mark, Encoding encoding) =
            seen.StartsWith("\uFEFF"u8) ? (3, Encoding.UTF8)
            : seen.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? (2, Encoding.Unicode)
            : seen.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (2, Encoding.BigEndianUnicode)
            : seen is [>= (byte)'0' and <= (byte)'9' or (byte)'[', 0, ..] ? (0, Encoding.Unicode)
            : seen is [0, >= (byte)'0' and <= (byte)'9' or (byte)'[', ..] ? (0, Encoding.BigEndianUnicode)
            : (0, Encoding.UTF8);
        stream.PutBack(seen[mark..]);
        return encoding == Encoding.UTF8 ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }
}
