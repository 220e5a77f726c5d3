namespace Munshi.Database;

/// <summary>Instants as PostgreSQL keeps them, so that what is committed to and what is stored are the same.</summary>
internal static class MicrosecondClock
{
    /// <summary>Now in UTC, cut to whole microseconds.</summary>
    public static DateTimeOffset GetMicrosecondNow(this TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
