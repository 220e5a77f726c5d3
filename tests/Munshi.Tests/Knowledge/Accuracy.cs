using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

/// <summary>How an index does on labelled questions.</summary>
internal sealed record Accuracy(int Answerable, int Answered, int Asked, IReadOnlyList<string> Wrong, IReadOnlyList<string> Missed, int Offered)
{
    /// <summary>Of all questions, those answered with a wrong entry or answered though none may be.</summary>
    public double WrongRate => (double)Wrong.Count / Asked;

    /// <summary>Of the questions an entry answers, those answered with it.</summary>
    public double AnsweredRate => (double)Answered / Answerable;

    /// <summary>Of the questions an entry answers, those answered with it or showing it among the first three of a menu.</summary>
    public double HelpedRate => (double)Offered / Answerable;

    public static Accuracy Of(FaqIndex index, IReadOnlyList<LabelledQuestion> questions)
    {
        List<string> wrong = [];
        List<string> missed = [];
        int answered = 0;
        int offered = 0;
        foreach (LabelledQuestion question in questions)
        {
            FaqRanking ranking = index.Rank(question.Text);
            string line = $"{question.Text} => {question.Id ?? "-"}: {ranking.Decision} {ranking.Bar} "
                + string.Join(", ", ranking.Ranked.Take(3).Select(entry => $"{entry.Id} {entry.Score}"));
            bool right = ranking.Decision is FaqDecision.Answer && ranking.Ranked[0].Id == question.Id;
            if (ranking.Decision is FaqDecision.Answer && !right)
            {
                wrong.Add(line);
            }

            if (question.Id is not null && !right)
            {
                missed.Add(line);
            }

            answered += right ? 1 : 0;
            bool shown = ranking.Decision is FaqDecision.Menu && ranking.Ranked.Take(3).Any(entry => entry.Id == question.Id);
            offered += right || shown ? 1 : 0;
        }

        return new Accuracy(questions.Count(question => question.Id is not null), answered, questions.Count, wrong, missed, offered);
    }
}
