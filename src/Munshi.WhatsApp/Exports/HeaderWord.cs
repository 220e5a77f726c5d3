using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Letters beside the time of a header: the half of the day, an era, or a word such as "at".</summary>
/// <param name="Hours">Of which hours it tells, a bit each; 0 where the word is not known.</param>
/// <param name="TellsHours">Whether there is a word, and it is neither "at" nor an era.</param>
/// <param name="Capitals">Whether it begins with a Latin capital.</param>
/// <param name="IsEra">Whether it may name a calendar.</param>
/// <param name="YearBefore">Of a Japanese era, the year before its first; else 0.</param>
internal readonly record struct HeaderWord(uint Hours, bool TellsHours, bool Capitals, bool IsEra, int YearBefore)
{
    public const int Reiwa = 2018;
    public const int Heisei = 1988;

    private const int MaxLength = 32;

    /// <summary>Letters, spaces and full stops up to something else; false when they are too many for a word.</summary>
    public static bool TryRead(ref HeaderCursor cursor, out HeaderWord word)
    {
        while (cursor.Byte == ' ')
        {
            cursor.Advance(1);
        }

        word = default;
        return cursor.Byte is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)']' or (byte)',' or (byte)':' || TryReadLetters(ref cursor, out word);
    }

    private static bool TryReadLetters(ref HeaderCursor cursor, out HeaderWord word)
    {
        Span<char> letters = stackalloc char[MaxLength];
        int length = 0;
        bool fits = true;
        while (fits && cursor.Peek(out Rune rune, out int bytes))
        {
            if (IsOfWord(rune))
            {
                fits = rune.TryEncodeToUtf16(letters[length..], out int written);
                length += written;
            }
            else if (rune.Value is not ('.' or '/' or 0x200B or 0x200C or 0x200D) && !Marks.Is(rune.Value) && !Marks.IsSpace(rune.Value))
            {
                break;
            }

            cursor.Advance(bytes);
        }

        word = length == 0 ? default : Of(letters[..length]);
        return fits;
    }

    private static HeaderWord Of(ReadOnlySpan<char> letters)
    {
        uint hours = DayParts.Of(letters, out bool isConnector);
        int yearBefore = letters is "R" or "令和" ? Reiwa : letters is "H" or "平成" ? Heisei : 0;
        bool isEra = yearBefore > 0 || letters is "BE" or "พศ" or "AP" or "AD" or "CE" or "คศ";
        return new HeaderWord(hours, !isConnector, char.IsAsciiLetterUpper(letters[0]), isEra, yearBefore);
    }

    private static bool IsOfWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetter((char)rune.Value) || rune.Value == '\''
        : rune.Value == '’' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark;
}
