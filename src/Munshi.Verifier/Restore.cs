namespace Munshi.Verifier;

/// <summary>A restore of which the log tells: the records of its entries from the first to the last may be lost.</summary>
/// <param name="Seq">The entry that tells of it.</param>
/// <param name="Time">When it was.</param>
/// <param name="First">The first entry.</param>
/// <param name="Last">The last entry, below <paramref name="Seq"/>.</param>
internal sealed record Restore(long Seq, DateTimeOffset Time, long First, long Last);
