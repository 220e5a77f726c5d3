namespace Munshi.WhatsApp.Exports;

/// <summary>What stands before a message, as numbers in the order of the file.</summary>
internal readonly record struct Header
{
    public required HeaderShape Shape { get; init; }

    public required int First { get; init; }

    public required int Second { get; init; }

    public required int Third { get; init; }

    /// <summary>Whether the first or the second number has a leading zero.</summary>
    public required bool Padded { get; init; }

    public required int Hour { get; init; }

    public required int Minute { get; init; }

    public required int Seconds { get; init; }

    /// <summary>Of which hours the word beside the time tells, a bit each; see <see cref="DayParts"/>.</summary>
    public required uint PartHours { get; init; }

    /// <summary>Whether the half of the day is written in Latin capitals.</summary>
    public required bool CapitalPeriod { get; init; }

    /// <summary>Whether a mark of direction stands before the bracket, as iOS sets it where the message has a file.</summary>
    public required bool MarkedBefore { get; init; }

    /// <summary>Where the sender begins, in bytes.</summary>
    public required int Length { get; init; }

    public DayPeriod Period => Shape.TwelveHour ? DayParts.Half(PartHours, Hour) : DayPeriod.None;

    /// <summary>The instant on the phone's clock; null where the calendar has none such.</summary>
    public DateTime? At(DateOrder order)
    {
        (int year, int month, int day) = order switch
        {
            DateOrder.DayMonthYear => (Third, Second, First),
            DateOrder.MonthDayYear => (Third, First, Second),
            _ => (First, Second, Third),
        };
        int hour = HourOfDay();
        return hour < 24 && ExportCalendar.Day(year, month, day) is { } date
            ? date.AddTicks(((((hour * 60L) + Minute) * 60) + Seconds) * TimeSpan.TicksPerSecond)
            : null;
    }

    /// <summary>ICU's pattern <c>k</c> writes midnight as 24.</summary>
    private int HourOfDay() => (Period, Hour) switch
    {
        (_, 24) => 0,
        (DayPeriod.Morning, 12) => 0,
        (DayPeriod.Afternoon, < 12) => Hour + 12,
        _ => Hour,
    };
}
