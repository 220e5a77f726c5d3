using Munshi.Notices;

namespace Munshi.Channels.Costs;

/// <summary>The calendar month that a message is counted in: that of its delivery in India.</summary>
/// <remarks>Meta names no time zone for the month of a number; that of the business account is assumed, which an Indian business has set to Indian time.</remarks>
internal static class CostMonth
{
    /// <summary>The first day of the month.</summary>
    public static DateOnly Of(DateTimeOffset at)
    {
        DateTime local = TimeZoneInfo.ConvertTime(at, NoticePreferences.UsualZone).DateTime;
        return new DateOnly(local.Year, local.Month, 1);
    }
}
