using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>Reads one message of the customer against what was offered and what the workspace knows. Pure.</summary>
internal sealed class MessageReader(ConversationHistory history, KnowledgeState knowledge)
{
    /// <summary>Rows of a menu that are answers; one more leads to a person.</summary>
    public const int MostOffered = 3;

    /// <summary>What shares less with the question is not worth a row.</summary>
    private const double LeastScore = 0.1;

    public Reading Read(Said message)
    {
        if (message.Text is not { } text || message.Kind is not ("text" or "reply"))
        {
            return new Reading.ForPeople { Reason = "not-words" };
        }

        Choice? choice = Choices.Of(message, history);
        if (ControlWords.Of(text) == ControlWord.Person && (message.Kind == "text" || choice is null))
        {
            return new Reading.WantsPerson { Reason = "person-asked-for" };
        }

        if (choice is not null)
        {
            return Chosen(message, choice);
        }

        return message.Kind == "reply" ? UnknownChoice(text)
            : Thanks(message, text) ? new Reading.Settled { Reason = "thanked" }
            : Ranked(message, text);
    }

    private Reading Chosen(Said message, Choice choice)
    {
        switch (choice.OptionId)
        {
            case OptionIds.Person:
                return new Reading.WantsPerson { Reason = "person-asked-for" };
            case OptionIds.Yes:
                return new Reading.Settled { Reason = "helped", Verdict = Judge(message, choice.Offer, helped: true) };
            case OptionIds.No:
                return Offer(Alternatives(choice.Offer), "not-helped") with { Verdict = Judge(message, choice.Offer, helped: false) };
        }

        FaqEntry[] others = [.. Others(choice)];
        return OptionIds.EntryOf(choice.OptionId) is { } id && knowledge.Entries.TryGetValue(id, out FaqEntry? entry)
            ? new Reading.Answered(entry, 1, others.Length > 0) { Reason = "chosen" }
            : Offer(others, "choice-retired");
    }

    /// <summary>Its title is read like words, but what it leads to is only offered: nobody knows what was tapped.</summary>
    private Reading UnknownChoice(string title)
    {
        FaqRanking ranking = knowledge.Index.Rank(title);
        return Offer(ranking.Decision is FaqDecision.None ? [] : Best(ranking, []), "choice-unknown");
    }

    private Reading Ranked(Said message, string text)
    {
        FaqRanking ranking = knowledge.Index.Rank(text);
        return (ranking.Decision, ranking.Bar) switch
        {
            (_, AnswerBar.PersonWanted) => new Reading.WantsPerson { Reason = "person-asked-for" },
            (FaqDecision.Answer, _) => Clear(ranking),
            _ when WithoutContent(message, text) is { } contentless => contentless,
            (_, AnswerBar.Complaint) => new Reading.ForPeople { Reason = "complaint" },
            (_, AnswerBar.Statement) => new Reading.ForPeople { Reason = "statement" },
            (FaqDecision.Menu, _) => Offer(Best(ranking, []), "no-clear-winner"),
            _ => new Reading.ForPeople { Reason = "no-clear-winner" },
        };
    }

    /// <summary>"Thank you" once more after an answer that was it.</summary>
    private bool Thanks(Said message, string text) =>
        Choices.IsYes(text)
        && history.Messages.LastOrDefault(said => said.Outbound && said.Turn < message.Turn) is { Automatic: true } last
        && history.ReplyOf(last)?.Decision == AgentRuns.AnswerDecision;

    /// <summary>
    /// A greeting, thanks or an OK need no person. An OK or a yes to what a person wrote may answer a question of theirs: that stays with people.
    /// </summary>
    private Reading? WithoutContent(Said message, string text)
    {
        SmallTalkKind kind = SmallTalk.Of(text);
        Said? ours = history.Messages.LastOrDefault(said => said.Outbound && said.Turn < message.Turn && said.At > message.At - TurnGuards.Day);
        return (kind, ours) switch
        {
            (SmallTalkKind.None, _) => null,
            (SmallTalkKind.Thanks, { }) or (SmallTalkKind.Nod, { Automatic: true }) => new Reading.Settled { Reason = "thanked" },
            (SmallTalkKind.Nod, { }) => null,
            _ when knowledge.Entries.Count > 0 => new Reading.Greeted { Reason = "greeting" },
            _ => null,
        };
    }

    private Reading.Answered Clear(FaqRanking ranking)
    {
        RankedEntry winner = ranking.Ranked[0];
        return new Reading.Answered(knowledge.Entries[winner.Id], winner.Score, Best(ranking, [winner.Id]).Any())
        {
            Reason = ranking.ByKeyword ? "keyword" : "clear-winner",
        };
    }

    /// <summary>What else an answered question may have meant: the rest of its menu, or the next best.</summary>
    private IEnumerable<FaqEntry> Alternatives(Said answer)
    {
        if (history.ReplyOf(answer) is not { } reply || history.Find(reply.AskedId) is not { Text: { } text } asked)
        {
            return [];
        }

        return Choices.Of(asked, history) is { } choice ? Others(choice) : Best(knowledge.Index.Rank(text), reply.Sources);
    }

    /// <summary>The other entries of the menu on which something was chosen, as they stand now.</summary>
    private IEnumerable<FaqEntry> Others(Choice choice) => (choice.Offer.Options?.Options ?? [])
        .Where(option => option.Id != choice.OptionId)
        .Select(option => OptionIds.EntryOf(option.Id) is { } id ? knowledge.Entries.GetValueOrDefault(id) : null)
        .OfType<FaqEntry>();

    private IEnumerable<FaqEntry> Best(FaqRanking ranking, IReadOnlyCollection<string> except) => ranking.Ranked
        .Where(ranked => ranked.Score >= LeastScore && !except.Contains(ranked.Id))
        .Take(MostOffered)
        .Select(ranked => knowledge.Entries[ranked.Id]);

    private static Reading Offer(IEnumerable<FaqEntry> entries, string reason)
    {
        FaqEntry[] offered = [.. entries.Take(MostOffered)];
        return offered.Length > 0 ? new Reading.Unclear(offered) { Reason = reason } : new Reading.ForPeople { Reason = reason };
    }

    private Verdict? Judge(Said message, Said answer, bool helped) => history.ReplyOf(answer) is { Decision: AgentRuns.AnswerDecision } reply
        ? new Verdict(message.Id, answer.Id, reply.Sources, helped)
        : null;
}
