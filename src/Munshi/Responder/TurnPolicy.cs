using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>Decides one turn: gates first, then the workspace's own knowledge. Anything that is not one clear winner goes to a person.</summary>
internal static class TurnPolicy
{
    /// <summary>Leaves room in WhatsApp's 4096 characters for the line that says who answers.</summary>
    private const int LongestAnswer = 3800;

    /// <summary>Whether the turn is looked at at all; null when it is.</summary>
    public static TurnDecision? Gate(ConversationState conversation, MessageText message, DateTimeOffset now)
    {
        switch (ControlWord(message))
        {
            case Responder.ControlWord.Stop:
                return new TurnDecision.OptOut(true) { Reason = "asked-to-stop" };
            case Responder.ControlWord.Start:
                return new TurnDecision.OptOut(false) { Reason = "asked-to-start" };
            default:
                break;
        }

        if (message.Turn < conversation.InboundCount)
        {
            return new TurnDecision.Silent { Reason = "newer-message" };
        }

        return conversation.Owner switch
        {
            OwnerKind.Person => new TurnDecision.Silent { Reason = "person-answers" },
            OwnerKind.Waiting => new TurnDecision.Silent { Reason = "people-have-it" },
            _ when conversation.OptedOut => new TurnDecision.HandOff { Reason = "opted-out" },
            _ when !conversation.WindowIsOpen(now) => new TurnDecision.HandOff { Reason = "window-closed" },
            _ => null,
        };
    }

    /// <param name="message">The newest message of the turn.</param>
    /// <param name="earlier">What the customer wrote before it and was not answered, oldest first.</param>
    /// <param name="knowledge">What the workspace knows.</param>
    public static TurnDecision Decide(MessageText message, IReadOnlyList<MessageText> earlier, KnowledgeState knowledge)
    {
        List<FaqEntry> sources = [];
        double score = 1;
        foreach (MessageText asked in earlier.Where(one => ControlWord(one) is not (Responder.ControlWord.Stop or Responder.ControlWord.Start)).Append(message))
        {
            if (asked.Text is not { } text || asked.Kind is not ("text" or "reply"))
            {
                return new TurnDecision.HandOff { Reason = "not-words" };
            }

            if (ControlWord(asked) == Responder.ControlWord.Person)
            {
                return new TurnDecision.HandOff { Reason = "person-asked-for" };
            }

            FaqRanking ranking = knowledge.Index.Rank(text);
            if (ranking.Decision != FaqDecision.Answer)
            {
                return new TurnDecision.HandOff { Reason = ranking.Bar == AnswerBar.PersonWanted ? "person-asked-for" : "no-clear-winner" };
            }

            FaqEntry winner = knowledge.Entries[ranking.Ranked[0].Id];
            score = Math.Min(score, ranking.Ranked[0].Score);
            if (!sources.Contains(winner))
            {
                sources.Add(winner);
            }
        }

        string answer = string.Join("\n\n", sources.Select(source => source.Answer));
        return answer.Length > LongestAnswer
            ? new TurnDecision.HandOff { Reason = "answer-too-long" }
            : new TurnDecision.Answer(answer, [.. sources.Select(source => source.Id)], score) { Reason = "clear-winner" };
    }

    private static ControlWord ControlWord(MessageText message) =>
        message.Text is { } text ? ControlWords.Of(text) : Responder.ControlWord.None;
}
