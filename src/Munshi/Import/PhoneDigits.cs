namespace Munshi.Import;

/// <summary>A phone number as people and phones write it.</summary>
internal static class PhoneDigits
{
    private const int Shortest = 8;
    private const int Longest = 15;

    /// <summary>The digits with country code; null where the text is no such number.</summary>
    public static string? Of(string text)
    {
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        bool onlyNumber = text.All(character => char.IsAsciiDigit(character) || character is '+' or '-' or '(' or ')' || char.IsWhiteSpace(character));
        return onlyNumber && digits.Length is >= Shortest and <= Longest && digits[0] != '0' ? digits : null;
    }
}
