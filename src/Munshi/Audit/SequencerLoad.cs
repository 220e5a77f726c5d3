namespace Munshi.Audit;

/// <summary>Whether the sequencer is working off a backlog; what follows its entries keeps to its clock meanwhile.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SequencerLoad(TimeProvider clock)
{
    /// <summary>Longer than a batch takes.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private long _until = long.MinValue;

    public bool IsDraining => clock.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>A batch was full: more is waiting.</summary>
    public void BatchWasFull() => Volatile.Write(ref _until, clock.GetTimestamp() + (long)(Lasts.TotalSeconds * clock.TimestampFrequency));
}
