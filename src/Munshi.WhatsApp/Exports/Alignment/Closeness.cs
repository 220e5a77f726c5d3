namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>Whether two times can be one message's.</summary>
internal static class Closeness
{
    /// <summary>Between exports of one phone the seconds move by one; a phone and a server differ by a little more.</summary>
    private const int MostSeconds = 3;

    /// <summary>Where one side tells minutes alone, its neighbours count too: a second may have crossed.</summary>
    private const int MostMinutes = 1;

    /// <returns>0 for the same time, up to 3 for the furthest; null where it is another time.</returns>
    public static int? Of(in ChatItem kept, in ChatItem fresh, TimeSpan shift)
    {
        DateTime at = fresh.At - shift;
        if (kept.HasSeconds && fresh.HasSeconds)
        {
            int seconds = (int)Math.Min(Math.Abs((at - kept.At).TotalSeconds), int.MaxValue);
            return seconds <= MostSeconds ? seconds : null;
        }

        long minutes = Math.Abs(Minute(at) - Minute(kept.At));
        return minutes <= MostMinutes ? (int)minutes * 2 : null;
    }

    public static long Minute(DateTime at) => at.Ticks / TimeSpan.TicksPerMinute;
}
