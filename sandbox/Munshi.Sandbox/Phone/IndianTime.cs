using System.Globalization;

namespace Munshi.Sandbox.Phone;

/// <summary>Times as the customers' phones show them: in India.</summary>
internal static class IndianTime
{
    private static readonly TimeZoneInfo India = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, India).DateTime);

    public static string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, India).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Today, Yesterday, the weekday under seven days, then the date.</summary>
    public static string DayName(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        > 1 and < 7 => day.DayOfWeek.ToString(),
        _ => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };
}
