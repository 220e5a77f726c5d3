namespace Munshi.WhatsApp.Exports;

/// <summary>In which order an export writes day, month and year.</summary>
public enum DateOrder
{
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}
