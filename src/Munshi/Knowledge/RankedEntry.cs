namespace Munshi.Knowledge;

/// <param name="Id">The <see cref="FaqEntry.Id"/>.</param>
/// <param name="Score">0 to 1, four decimals; comparable within one ranking, not a probability.</param>
internal sealed record RankedEntry(string Id, double Score);
