namespace Munshi.WhatsApp.Exports;

/// <summary>Reads what stands before a message, in any known layout, from the bytes of a line.</summary>
internal static class HeaderReader
{
    private const int Shortest = 8;

    /// <summary>False for every line that does not begin as a message does, whatever its bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out Header header)
    {
        header = default;
        if (line.Length < Shortest || !MayBegin(line[0]))
        {
            return false;
        }

        HeaderCursor cursor = new(line);
        cursor.SkipMarks();
        bool marked = cursor.Position > 0;
        bool bracketed = cursor.Take('[');
        cursor.SkipMarks();
        HeaderParts parts = default;
        return parts.ReadDateAndTime(ref cursor)
            && parts.ReadEnd(ref cursor, bracketed)
            && parts.TryBuild(cursor.Position, marked && bracketed, out header);
    }

    /// <summary>A digit, a bracket, the letter of a Japanese era, or a character beyond ASCII.</summary>
    private static bool MayBegin(byte first) => char.IsAsciiDigit((char)first) || first is (byte)'[' or (byte)'R' or (byte)'H' or >= 0x80;
}
