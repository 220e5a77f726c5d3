using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>Rows of a log that are checked together, and the events among which theirs are looked for first.</summary>
/// <param name="Log">The workspace.</param>
/// <param name="First">The first row's number.</param>
/// <param name="Last">No row of the range has a higher number.</param>
/// <param name="FirstEvent">Ranges part a log's events between them.</param>
/// <param name="LastEvent">Below <paramref name="FirstEvent"/> where the range has none of its own.</param>
/// <param name="Before">The row before the first, as stored: where the chain goes on from. Null where there is none.</param>
internal sealed record LogRange(Guid Log, long First, long Last, long FirstEvent, long LastEvent, (long Seq, Digest Hash)? Before)
{
    /// <summary>Rows of a range of an unbroken log. A multiple of <see cref="TreeCheck.GroupRows"/>.</summary>
    public const int Rows = 16_384;
}
