namespace Munshi.Knowledge;

/// <summary>Where a term stands: the utterance, and the unit's position in it (below <see cref="QuestionUnit.MaxUnits"/>).</summary>
internal readonly record struct FaqPosting(int Utterance, int Position);
