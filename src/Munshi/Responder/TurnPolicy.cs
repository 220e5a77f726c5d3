using Munshi.Knowledge;
using Munshi.Vault;

namespace Munshi.Responder;

/// <summary>
/// Decides one turn: gates first, then what each of its messages comes to, then the guards. Pure: the same from the database and from a
/// recorded conversation.
/// </summary>
internal static class TurnPolicy
{
    /// <summary>Leaves room in WhatsApp's 4096 characters for the lines that say who answers and ask whether this was it.</summary>
    private const int LongestAnswer = 3600;

    /// <summary>So many messages of the customer may be answered in one.</summary>
    private const int MostAtOnce = 5;

    /// <summary>Whether the customer tells us here to stop or, after that, to start: recorded whoever answers, and whatever they write next.</summary>
    public static bool IsConsent(Said message) => ControlWord(message) is Responder.ControlWord.Stop or Responder.ControlWord.Start;

    /// <summary>Whether such a word is to stop.</summary>
    public static bool IsStop(Said message) => ControlWord(message) is Responder.ControlWord.Stop;

    /// <summary>Whether the turn is looked at at all; null when it is.</summary>
    public static TurnDecision? Gate(ConversationState conversation, Said message, DateTimeOffset now)
    {
        switch (ControlWord(message))
        {
            case Responder.ControlWord.Stop:
                return conversation.OptedOut
                    ? new TurnDecision.Silent { Reason = "stopped-already" }
                    : new TurnDecision.OptOut(true) { Reason = "asked-to-stop" };
            case Responder.ControlWord.Start when conversation.OptedOut:
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
            OwnerKind.Phone => new TurnDecision.Silent { Reason = "answered-on-phone" },
            OwnerKind.Waiting => new TurnDecision.Silent { Reason = "people-have-it" },
            _ when conversation.OptedOut => new TurnDecision.HandOff { Reason = "opted-out", Told = false },
            _ when !conversation.WindowIsOpen(now) => new TurnDecision.HandOff { Reason = "window-closed", Told = false },
            _ => null,
        };
    }

    /// <param name="message">The newest message of the turn.</param>
    /// <param name="earlier">What the customer wrote before it and was not answered, oldest first.</param>
    /// <param name="history">What was said lately, the message in it.</param>
    /// <param name="knowledge">What the workspace knows.</param>
    /// <param name="now">The time of the turn.</param>
    public static TurnDecision Decide(
        Said message, IReadOnlyList<Said> earlier, ConversationHistory history, KnowledgeState knowledge, DateTimeOffset now)
    {
        if (earlier.LastOrDefault(IsConsent) is { } consent && ControlWord(consent) == Responder.ControlWord.Stop)
        {
            return new TurnDecision.HandOff { Reason = "opted-out", Told = false };
        }

        if (earlier.Count >= MostAtOnce)
        {
            return new TurnDecision.HandOff { Reason = "many-messages" };
        }

        MessageReader reader = new(history, knowledge);
        Reading[] readings = [.. earlier.Where(asked => !IsConsent(asked)).Append(message).Select(reader.Read)];
        Verdict[] verdicts = [.. readings.Select(reading => reading.Verdict).OfType<Verdict>()];
        return TurnGuards.Check(Weigh(message, readings, history, knowledge), history, now) with { Verdicts = verdicts };
    }

    private static TurnDecision Weigh(Said message, Reading[] readings, ConversationHistory history, KnowledgeState knowledge)
    {
        if (readings.OfType<Reading.WantsPerson>().FirstOrDefault() is { } wanted)
        {
            return new TurnDecision.HandOff { Reason = wanted.Reason };
        }

        if (Choices.Of(message, history) is null && BotSigns.Of(message, history) is { } sign)
        {
            return new TurnDecision.HandOff { Reason = sign, Told = false };
        }

        if (readings.All(reading => reading is Reading.Settled))
        {
            return new TurnDecision.Silent { Reason = readings[^1].Reason };
        }

        if (readings.All(reading => reading is Reading.Settled or Reading.Greeted))
        {
            return new TurnDecision.Menu([.. knowledge.Index.Commonest(MessageReader.MostOffered).Select(id => knowledge.Entries[id])]) { Reason = "greeting", Welcomes = true };
        }

        return readings.OfType<Reading.ForPeople>().FirstOrDefault() is { } people ? new TurnDecision.HandOff { Reason = people.Reason }
            : readings.OfType<Reading.Unclear>().FirstOrDefault() is { } unclear ? Menu(unclear.Reason, readings)
            : Answer(readings.OfType<Reading.Answered>().ToArray());
    }

    /// <summary>What is clear in the turn is offered first, then the likeliest of each unclear message, then the next likeliest.</summary>
    private static TurnDecision.Menu Menu(string reason, Reading[] readings)
    {
        IEnumerable<FaqEntry> clear = readings.OfType<Reading.Answered>().Select(reading => reading.Entry);
        IEnumerable<FaqEntry> likely = readings.OfType<Reading.Unclear>()
            .SelectMany(reading => reading.Entries.Select((entry, place) => (entry, place)))
            .OrderBy(offered => offered.place)
            .Select(offered => offered.entry);
        return new TurnDecision.Menu([.. clear.Concat(likely).DistinctBy(entry => entry.Id).Take(MessageReader.MostOffered)]) { Reason = reason };
    }

    private static TurnDecision Answer(Reading.Answered[] readings)
    {
        FaqEntry[] sources = [.. readings.Select(reading => reading.Entry).DistinctBy(entry => entry.Id)];
        string answer = string.Join("\n\n", sources.Select(source => source.Answer));
        return answer.Length > LongestAnswer
            ? new TurnDecision.HandOff { Reason = "answer-too-long" }
            : new TurnDecision.Answer(
                answer, [.. sources.Select(source => source.Id)], readings.Min(reading => reading.Score), sources.Length == 1 && readings[^1].HasOthers)
            {
                Reason = readings[^1].Reason,
            };
    }

    private static ControlWord ControlWord(Said message) =>
        message.Text is { } text ? ControlWords.Of(text) : Responder.ControlWord.None;
}
