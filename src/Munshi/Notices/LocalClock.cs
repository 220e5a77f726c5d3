namespace Munshi.Notices;

/// <summary>Times of day and days by the clocks of a zone.</summary>
internal static class LocalClock
{
    public static DateOnly Day(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>When the clocks next show a minute of the day, after <paramref name="after"/>.</summary>
    /// <param name="after">UTC.</param>
    /// <param name="minute">After midnight, 0 to 1439.</param>
    /// <param name="zone">Whose clocks.</param>
    public static DateTimeOffset Next(DateTimeOffset after, int minute, TimeZoneInfo zone)
    {
        for (DateOnly day = Day(after, zone); ; day = day.AddDays(1))
        {
            DateTimeOffset at = At(day, minute, zone);
            if (at > after)
            {
                return at;
            }
        }
    }

    /// <summary>The instant of a local time. One that the clocks leap over is taken where they land; of one they show twice, the later.</summary>
    public static DateTimeOffset At(DateOnly day, int minute, TimeZoneInfo zone)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
