namespace Munshi.Ledger.Erasures;

/// <summary>Entries of a log that follow each other.</summary>
/// <param name="First">The first entry's number, from 0.</param>
/// <param name="Last">The last entry's number, at least <paramref name="First"/>.</param>
public readonly record struct EntryRange(long First, long Last);
