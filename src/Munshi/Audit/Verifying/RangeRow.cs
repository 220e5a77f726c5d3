namespace Munshi.Audit.Verifying;

/// <summary>A row of a range whose event is looked for.</summary>
/// <param name="Seq">The number stored beside the leaf.</param>
/// <param name="Event">Its event's number; below zero where it was lost in a restore.</param>
/// <param name="Offset">Where the leaf begins among the copied bytes.</param>
/// <param name="Length">The leaf's length.</param>
/// <param name="Actor">Where the actor's value begins in the leaf; 0 where the leaf cannot be held against an event, and that is said.</param>
/// <param name="Time">The leaf's instant, as <see cref="EventRow.Since2000"/>.</param>
internal readonly record struct RangeRow(long Seq, long Event, int Offset, int Length, int Actor, long Time);
