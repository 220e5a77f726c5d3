using System.Globalization;

namespace Munshi.Ledger;

/// <summary>The one way an instant is written in leaves and heads: UTC, microseconds, <c>2026-11-21T09:30:00.123456Z</c>.</summary>
public static class LedgerTime
{
    /// <summary>The length of the text, in ASCII characters.</summary>
    public const int Length = 27;

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Whether the instant is a whole number of microseconds, so that nothing is lost in writing it.</summary>
    public static bool IsExact(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerMicrosecond == 0;

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Exactly the one form, and an instant of the calendar; anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        ReadOnlySpan<byte> shape = "0000-00-00T00:00:00.000000Z"u8;
        if (text.Length != shape.Length)
        {
            return false;
        }

        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == (byte)'0' ? !char.IsAsciiDigit((char)text[i]) : text[i] != shape[i])
            {
                return false;
            }
        }

        int year = Digits(text[..4]);
        int month = Digits(text[5..7]);
        int day = Digits(text[8..10]);
        int hour = Digits(text[11..13]);
        int minute = Digits(text[14..16]);
        int second = Digits(text[17..19]);
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(
            Digits(text[20..26]) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    internal static void Write(DateTimeOffset time, Span<byte> destination) =>
        time.UtcDateTime.TryFormat(destination, out _, Form, CultureInfo.InvariantCulture);

    private static int Digits(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
