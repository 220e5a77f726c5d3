namespace Munshi.Knowledge;

/// <summary>A question, a title or an example of an entry.</summary>
/// <param name="Entry">Position of its entry in the index.</param>
/// <param name="Worth">1, less for a title: a label is not a question.</param>
/// <param name="Weights">Of its units, by position.</param>
/// <param name="Total">Their sum.</param>
internal sealed record FaqUtterance(int Entry, double Worth, double[] Weights, double Total);
