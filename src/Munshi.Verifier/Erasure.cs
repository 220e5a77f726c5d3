namespace Munshi.Verifier;

/// <summary>An erasure of which the log tells: the records of the entries that it names may be gone.</summary>
/// <param name="Seq">The entry that tells of it.</param>
/// <param name="Time">When it was told.</param>
/// <param name="Case">The case under which it was done.</param>
/// <param name="Entries">How many entries it names.</param>
internal sealed record Erasure(long Seq, DateTimeOffset Time, Guid Case, long Entries);
