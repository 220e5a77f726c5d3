using System.Globalization;

namespace Munshi.WhatsApp.Exports;

/// <summary>The years in which a chat can have been written, as phones of several calendars write them.</summary>
internal static class ExportCalendar
{
    /// <summary>The app began in 2009.</summary>
    public const int FirstYear = 2009;

    private const int LastYear = 2099;
    private const int BuddhistEra = 543;

    /// <summary>2009 in the Persian calendar, and 2050: later years could be of the Islamic one.</summary>
    private const int FirstPersianYear = 1387;
    private const int LastPersianYear = 1428;

    private static readonly PersianCalendar Persian = new();

    /// <summary>The day; null where the calendar has none such. The year is as written: 21 is 2021, 2564 (Buddhist) and 1400 (Persian) too.</summary>
    public static DateTime? Day(int writtenYear, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1)
        {
            return null;
        }

        if (writtenYear is >= FirstPersianYear and <= LastPersianYear)
        {
            return day <= Persian.GetDaysInMonth(writtenYear, month) ? Persian.ToDateTime(writtenYear, month, day, 0, 0, 0, 0) : null;
        }

        int year = writtenYear switch
        {
            < 100 => 2000 + writtenYear,
            >= FirstYear + BuddhistEra and <= LastYear + BuddhistEra => writtenYear - BuddhistEra,
            _ => writtenYear,
        };
        return year is >= FirstYear and <= LastYear && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;
    }
}
