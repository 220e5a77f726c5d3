namespace Munshi.Ledger;

/// <summary>Whole numbers as ASCII digits: no sign, no leading zero, no separator.</summary>
internal static class CanonicalDecimal
{
    /// <summary>0 to 2^63-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        bool parsed = TryParse(text, out ulong number) && number <= long.MaxValue;
        value = parsed ? (long)number : 0;
        return parsed;
    }

    /// <summary>0 to 2^64-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        ulong number = 0;
        foreach (byte character in text)
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return false;
            }

            ulong digit = (ulong)(character - '0');
            if (number > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        value = number;
        return true;
    }
}
