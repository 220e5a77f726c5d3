namespace Munshi.Knowledge;

/// <param name="Decision"><see cref="FaqDecision.Answer"/> means the first of <paramref name="Ranked"/>.</param>
/// <param name="Bar">Why an answer was out of the question from the wording alone.</param>
/// <param name="Ranked">Best first, equal scores in the order of their ids, at most <see cref="FaqIndex.MaxRanked"/>.</param>
internal sealed record FaqRanking(FaqDecision Decision, AnswerBar Bar, IReadOnlyList<RankedEntry> Ranked)
{
    /// <summary>Whether it is answered for its keywords alone, which ranking had left open (<see cref="KeywordIntents"/>).</summary>
    public bool ByKeyword { get; init; }
}
