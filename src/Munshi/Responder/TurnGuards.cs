namespace Munshi.Responder;

/// <summary>Keeps Munshi from going round in circles and from writing too much: what it meant to send goes to people instead.</summary>
internal static class TurnGuards
{
    /// <summary>Munshi's replies in one conversation within <see cref="ShortSpan"/>; one more goes to people.</summary>
    public const int MostRepliesInShortSpan = 15;

    /// <summary>The same within <see cref="Day"/>.</summary>
    public const int MostRepliesInADay = 60;

    /// <summary>So often one answer is sent within <see cref="RepeatSpan"/>: who asks again, perhaps in another language, is answered again, once.</summary>
    public const int MostTimesTheSameAnswer = 2;

    /// <summary>The same for the menu that follows a greeting.</summary>
    public const int MostWelcomes = 2;

    /// <summary>So many replies back the same menu counts as repeated.</summary>
    public const int RepliesLookedBackOn = 4;

    public static readonly TimeSpan ShortSpan = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>What was said longer ago may be said again.</summary>
    public static readonly TimeSpan RepeatSpan = TimeSpan.FromHours(1);

    /// <returns>The decision itself, or the hand-off that takes its place.</returns>
    public static TurnDecision Check(TurnDecision decision, ConversationHistory history, DateTimeOffset now)
    {
        if (decision is not (TurnDecision.Answer or TurnDecision.Menu))
        {
            return decision;
        }

        if (history.Replies.Count(reply => reply.At > now - ShortSpan) >= MostRepliesInShortSpan
            || history.Replies.Count(reply => reply.At > now - Day) >= MostRepliesInADay)
        {
            return new TurnDecision.HandOff { Reason = "too-many-replies" };
        }

        PastReply[] recent = [.. history.Seen().Where(reply => reply.At > now - RepeatSpan)];
        return decision switch
        {
            TurnDecision.Answer answer
                when recent.Count(past => past.Decision == AgentRuns.AnswerDecision && answer.Sources.All(past.Sources.Contains)) >= MostTimesTheSameAnswer =>
                new TurnDecision.HandOff { Reason = "same-answer-again" },
            TurnDecision.Menu menu
                when recent.Take(RepliesLookedBackOn).Count(past => past.Decision == AgentRuns.MenuDecision && SameEntries(menu, past)) >= (menu.Welcomes ? MostWelcomes : 1) =>
                new TurnDecision.HandOff { Reason = "same-menu-again" },
            _ => decision,
        };
    }

    private static bool SameEntries(TurnDecision.Menu menu, PastReply past) =>
        menu.Entries.Count == past.Sources.Count && menu.Entries.All(entry => past.Sources.Contains(entry.Id));
}
