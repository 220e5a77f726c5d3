using Munshi.Web;

namespace Munshi.Vault.Resolving;

/// <summary>The times to which a conversation is put off with one press, in the reader's zone.</summary>
internal static class SnoozeTimes
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(3);

    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>In their order; later today only while today lasts.</summary>
    /// <returns>The end of a text's name, and the time.</returns>
    public static IReadOnlyList<(string Name, DateTimeOffset Until)> Of(TimeText times)
    {
        DateOnly today = times.DayOf(times.Now);
        DateTimeOffset later = new((times.Now + Later).UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        int daysToMonday = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        List<(string, DateTimeOffset)> offered = [];
        if (times.DayOf(later) == today)
        {
            offered.Add(("LaterToday", later));
        }

        offered.Add(("Tomorrow", times.Instant(today.AddDays(1).ToDateTime(Morning))));
        offered.Add(("NextWeek", times.Instant(today.AddDays(daysToMonday > 1 ? daysToMonday : daysToMonday + 7).ToDateTime(Morning))));
        return offered;
    }
}
