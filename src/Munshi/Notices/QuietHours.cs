namespace Munshi.Notices;

/// <summary>The part of each day in which a member is sent nothing but alerts, by the clocks of their zone; it may pass midnight.</summary>
/// <param name="From">Minutes after midnight, 0 to 1439, included.</param>
/// <param name="Until">Minutes after midnight, 0 to 1439, not included, another than <see cref="From"/>.</param>
internal readonly record struct QuietHours(int From, int Until)
{
    /// <summary>When the quiet hours end that <paramref name="now"/> lies in; null outside them.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        int minute = (int)TimeZoneInfo.ConvertTime(now, zone).TimeOfDay.TotalMinutes;
        bool isQuiet = From < Until ? minute >= From && minute < Until : minute >= From || minute < Until;
        return isQuiet ? LocalClock.Next(now, Until, zone) : null;
    }
}
