namespace Munshi.Import;

/// <summary>A problem of a file as a verb tells it.</summary>
/// <param name="Word">For programs.</param>
/// <param name="Line">Where it was met first, from 1; 0 where that is nowhere.</param>
/// <param name="Count">How often.</param>
/// <param name="Says">For people.</param>
internal sealed record ToldProblem(string Word, long Line, long Count, string Says);
