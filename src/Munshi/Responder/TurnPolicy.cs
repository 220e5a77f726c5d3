using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>Decides one turn: gates first, then the workspace's own knowledge. Anything that is not one clear winner goes to a person.</summary>
internal static class TurnPolicy
{
    /// <summary>Leaves room in WhatsApp's 4096 characters for the line that says who answers.</summary>
    private const int LongestAnswer = 3800;

    /// <summary>So many messages of the customer may be answered in one.</summary>
    private const int MostAtOnce = 5;

    /// <summary>Whether the customer tells us here to stop or to start: recorded whoever answers, and whatever they write next.</summary>
    public static bool IsConsent(MessageText message) => ControlWord(message) is Responder.ControlWord.Stop or Responder.ControlWord.Start;

    /// <summary>Whether the turn is looked at at all; null when it is.</summary>
    public static TurnDecision? Gate(ConversationState conversation, MessageText message, DateTimeOffset now)
    {
        switch (ControlWord(message))
        {
            case Responder.ControlWord.Stop:
                return conversation.OptedOut
                    ? new TurnDecision.Silent { Reason = "stopped-already" }
                    : new TurnDecision.OptOut(true) { Reason = "asked-to-stop" };
            case Responder.ControlWord.Start when conversation.OptedOut || conversation.Owner == OwnerKind.Responder:
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
            _ when conversation.OptedOut => new TurnDecision.HandOff { Reason = "opted-out", Told = false },
            _ when !conversation.WindowIsOpen(now) => new TurnDecision.HandOff { Reason = "window-closed", Told = false },
            _ => null,
        };
    }

    /// <param name="message">The newest message of the turn.</param>
    /// <param name="earlier">What the customer wrote before it and was not answered, oldest first.</param>
    /// <param name="knowledge">What the workspace knows.</param>
    public static TurnDecision Decide(MessageText message, IReadOnlyList<MessageText> earlier, KnowledgeState knowledge)
    {
        if (earlier.LastOrDefault(IsConsent) is { } consent && ControlWord(consent) == Responder.ControlWord.Stop)
        {
            return new TurnDecision.HandOff { Reason = "opted-out", Told = false };
        }

        if (earlier.Count >= MostAtOnce)
        {
            return new TurnDecision.HandOff { Reason = "many-messages" };
        }

        List<FaqEntry> sources = [];
        double score = 1;
        foreach (MessageText asked in earlier.Where(asked => !IsConsent(asked)).Append(message))
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
