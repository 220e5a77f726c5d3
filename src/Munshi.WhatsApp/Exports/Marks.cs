using System.Buffers;

namespace Munshi.WhatsApp.Exports;

/// <summary>The characters that cannot be seen but stand in exports.</summary>
public static class Marks
{
    private static readonly SearchValues<char> All = SearchValues.Create(
        "\u200B\u200C\u200D\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF");

    private static readonly SearchValues<char> Directions = SearchValues.Create("\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFEFF");

    /// <summary>A mark of direction.</summary>
    public static bool Is(int character) => character is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    public static bool IsSpace(int character) => character is ' ' or '\t' or 0x00A0 or 0x202F or 0x2009;

    /// <summary>iOS writes one of these before every text of the app's own.</summary>
    internal static bool BeginsAsTheAppDoes(ReadOnlySpan<char> text) => text.Length > 0 && text[0] is '\u200E' or '\u200F';

    internal static bool BeginsAsTheAppDoes(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] is 0x8E or 0x8F;

    internal static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0]))
        {
            text = text[1..];
        }

        while (text.Length > 0 && IsBlank(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    /// <summary>Without marks of direction, with every space as U+0020, trimmed: as phrases and names are compared.</summary>
    internal static string Plain(ReadOnlySpan<char> text)
    {
        text = Trim(text);
        if (text.IndexOfAny(All) < 0 && text.IndexOfAny('\u00A0', '\u202F', '\u2009') < 0)
        {
            return text.ToString();
        }

        char[] plain = new char[text.Length];
        int length = 0;
        foreach (char character in text)
        {
            if (!Is(character))
            {
                plain[length++] = IsSpace(character) ? ' ' : character;
            }
        }

        return new string(plain, 0, length);
    }

    /// <summary>As <see cref="Plain"/>, but spaces and the outer blanks stay as they are.</summary>
    internal static string WithoutDirections(string text) =>
        text.AsSpan().IndexOfAny(Directions) < 0 ? text : string.Concat(text.Where(character => !Is(character)));

    /// <summary>Without the marks that iOS sets before its own words; those that people's keyboards set stay.</summary>
    internal static string WithoutAppMarks(string text) =>
        text.AsSpan().IndexOfAny('\u200E', '\u200F') < 0 ? text : string.Concat(text.Where(character => character is not '\u200E' and not '\u200F'));

    private static bool IsBlank(char character) => Is(character) || IsSpace(character);
}
