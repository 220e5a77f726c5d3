using System.Globalization;
using Microsoft.Extensions.Localization;
using Munshi.Web.Resources;

namespace Munshi.Web;

/// <summary>Says instants in the reader's zone and language.</summary>
/// <param name="now">UTC.</param>
/// <param name="zone">The reader's.</param>
/// <param name="culture">The reader's.</param>
/// <param name="text">The reader's.</param>
public sealed class TimeText(DateTimeOffset now, TimeZoneInfo zone, CultureInfo culture, IStringLocalizer<Text> text)
{
    private const int DaysNamedByWeekday = 7;

    public DateTimeOffset Now => now;

    /// <summary>The calendar day in the reader's zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>When a calendar day of the reader's zone begins, UTC.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instant(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>A time of the reader's wall clock, UTC.</summary>
    /// <param name="local">Without a kind.</param>
    public DateTimeOffset Instant(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>The reader's wall clock to the minute, as a <c>datetime-local</c> field takes it.</summary>
    public string Field(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>2:05 pm</c>.</summary>
    public string Clock(DateTimeOffset at) => Local(at).ToString("t", culture);

    /// <summary><c>12 Nov 2026</c>.</summary>
    public string Date(DateOnly day) => day.ToString("d MMM yyyy", culture);

    /// <summary><c>November 2026</c>.</summary>
    public string Month(DateOnly month) => month.ToString("MMMM yyyy", culture);

    /// <summary><c>12 Nov 2026, 2:05 pm</c>.</summary>
    public string Full(DateTimeOffset at) => $"{Date(DayOf(at))}, {Clock(at)}";

    /// <summary>Today, Yesterday, the weekday within a week, else the date.</summary>
    public string Day(DateOnly day) => (DayOf(now).DayNumber - day.DayNumber) switch
    {
        0 => text["Time.Today"],
        1 => text["Time.Yesterday"],
        > 1 and < DaysNamedByWeekday => culture.DateTimeFormat.GetDayName(day.DayOfWeek),
        _ => Date(day),
    };

    /// <summary>How long ago, below 24 hours; else the day.</summary>
    public string Ago(DateTimeOffset at) => (now - at) switch
    {
        { TotalMinutes: < 1 } => text["Time.Now"],
        { TotalMinutes: < 60 } past => text["Time.MinutesAgo", (int)past.TotalMinutes],
        { TotalHours: < 24 } past => text["Time.HoursAgo", (int)past.TotalHours],
        _ => Day(DayOf(at)),
    };

    /// <summary>How long until <paramref name="at"/>, which lies ahead: whole hours, and minutes below one hour.</summary>
    public string Left(DateTimeOffset at) => (at - now) switch
    {
        { TotalMinutes: < 60 } left => text["Time.MinutesLeft", Math.Max(1, (int)left.TotalMinutes)],
        { } left => text["Time.HoursLeft", (int)left.TotalHours],
    };

    private DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
}
