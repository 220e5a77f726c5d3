namespace Munshi.Knowledge;

/// <summary>Decides whether the best candidate may be answered unseen. A wrong answer is much worse than a hand-over, so every condition must hold.</summary>
internal static class ClearWinner
{
    public const double MinAnswerScore = 0.6;
    public const double MinMargin = 0.12;

    /// <summary>Share of the question's weight that the winner explains.</summary>
    public const double MinExplained = 0.75;

    /// <summary>Share of the winner's best utterance that the question covers: a bare "delivery" does not ask for "delivery abroad".</summary>
    public const double MinReached = 0.5;

    public const double MinMenuScore = 0.35;

    /// <param name="candidates">In any order, one per entry.</param>
    /// <param name="bar">From the wording.</param>
    /// <param name="loneWord">A single word is a subject, not a question: it is answered only where no other entry holds that subject.</param>
    public static FaqDecision Decide(IReadOnlyList<FaqCandidate> candidates, AnswerBar bar, bool loneWord)
    {
        FaqCandidate[] top = [.. candidates.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Entry).Take(2)];
        if (top.Length == 0 || top[0].Score < MinMenuScore)
        {
            return FaqDecision.None;
        }

        double margin = top[0].Score - (top.Length > 1 ? top[1].Score : 0);
        bool clear = bar is AnswerBar.None
            && top[0].Score >= MinAnswerScore
            && margin >= MinMargin
            && top[0].Explained >= MinExplained
            && top[0].Reached >= MinReached
            && !top[0].Gap
            && !(loneWord && top.Length > 1 && top[1].Score >= MinMenuScore);
        return clear ? FaqDecision.Answer : FaqDecision.Menu;
    }
}
