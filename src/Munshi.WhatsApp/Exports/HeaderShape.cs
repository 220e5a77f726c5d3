namespace Munshi.WhatsApp.Exports;

/// <summary>The form in which a phone writes what stands before each message. One file has exactly one.</summary>
/// <param name="End">What closes it: <c>]</c> on iOS, <c>-</c> on Android, <c>:</c> on iOS before 2015.</param>
/// <param name="TimeFirst">Whether the time stands before the date.</param>
/// <param name="Separator">Between day, month and year.</param>
/// <param name="YearFirst">Whether a year of four digits stands first.</param>
/// <param name="LongYear">Whether the year has four digits.</param>
/// <param name="Seconds">Whether the time has seconds.</param>
/// <param name="TwelveHour">Whether a half of the day is named.</param>
/// <param name="Comma">Whether a comma parts date and time.</param>
internal readonly record struct HeaderShape(
    char End, bool TimeFirst, char Separator, bool YearFirst, bool LongYear, bool Seconds, bool TwelveHour, bool Comma)
{
    /// <summary>The whole of it as one number: it is compared at every line.</summary>
    private readonly uint _key = End | ((uint)Separator << 8)
        | (TimeFirst ? 1u << 16 : 0) | (YearFirst ? 1u << 17 : 0) | (LongYear ? 1u << 18 : 0)
        | (Seconds ? 1u << 19 : 0) | (TwelveHour ? 1u << 20 : 0) | (Comma ? 1u << 21 : 0);

    /// <summary>Whether the order of day and month is settled by the form alone.</summary>
    public bool SettlesOrder => YearFirst || Separator != '/';

    /// <summary>Whether iOS writes it.</summary>
    public bool IsApple => End != '-';

    public bool Equals(HeaderShape other) => _key == other._key;

    public override int GetHashCode() => (int)_key;

    /// <summary>For people: <c>[d/m/y, h:m:s am]</c>.</summary>
    public string Describe(DateOrder order)
    {
        string date = string.Join(Separator, order switch
        {
            DateOrder.DayMonthYear => ["day", "month", "year"],
            DateOrder.MonthDayYear => ["month", "day", "year"],
            _ => (string[])["year", "month", "day"],
        });
        string time = (Seconds ? "hour:minute:second" : "hour:minute") + (TwelveHour ? " am/pm" : "");
        string both = TimeFirst ? $"{time}, {date}" : $"{date}, {time}";
        return End switch
        {
            ']' => $"iOS, [{both}]",
            '-' => $"Android, {both} -",
            _ => $"old iOS, {both}:",
        };
    }
}
