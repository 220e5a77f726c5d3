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
    /// <summary>Whether the order of day and month is settled by the form alone.</summary>
    public bool SettlesOrder => YearFirst || Separator != '/';

    /// <summary>Whether iOS writes it.</summary>
    public bool IsApple => End != '-';

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
