namespace Munshi.Database.WorkQueue;

/// <summary>While many deliveries wait to be acknowledged, what can be done later gives way to them. Slowly it goes on: nothing stands still.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Precedence(TimeProvider clock)
{
    /// <summary>How long work that gives way pauses between two steps.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it is taken for, if it is not taken again.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMilliseconds(100);

    private long _until = long.MinValue;

    public bool IsTaken => clock.GetTimestamp() < Volatile.Read(ref _until);

    public void Take() => Volatile.Write(ref _until, clock.GetTimestamp() + (long)(Lasts.TotalSeconds * clock.TimestampFrequency));
}
