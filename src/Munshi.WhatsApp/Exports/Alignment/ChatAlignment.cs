namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>Which messages of an export are kept already: found by their order, time, sender and words over the whole chat, so that real repeats stay two and none is taken twice.</summary>
/// <remarks>
/// Both sides are in the order of the chat. Where clocks and names differ, anchors tell by how much and who is who. Costs a little more than the messages are many;
/// a minute of thousands of equal ones is compared with <see cref="MostAlike"/> of them.
/// </remarks>
public sealed class ChatAlignment
{
    /// <summary>A message is compared with so many of its time, the nearest in order.</summary>
    public const int MostAlike = 256;

    private readonly int[] _matches;

    private readonly IReadOnlyList<Anchor> _anchors;

    private ChatAlignment(int[] matches, IReadOnlyList<Anchor> anchors, IReadOnlyList<TimeSpan> shifts, int changed)
    {
        _matches = matches;
        _anchors = anchors;
        Shifts = shifts;
        Changed = changed;
    }

    /// <summary>For each fresh message the place of the kept one; −1 for what is new.</summary>
    public IReadOnlyList<int> Matches => _matches;

    /// <summary>What the fresh side's clock was more than the kept one's, one for each stretch of the chat; empty where nothing tells.</summary>
    public IReadOnlyList<TimeSpan> Shifts { get; }

    /// <summary>Matches whose words differ: edited, deleted, with or without their file, in another language.</summary>
    public int Changed { get; }

    public int New => _matches.Count(match => match < 0);

    /// <param name="kept">What is kept of the chat.</param>
    /// <param name="fresh">The export.</param>
    public static ChatAlignment Of(IReadOnlyList<ChatItem> kept, IReadOnlyList<ChatItem> fresh)
    {
        IReadOnlyList<Anchor> anchors = Anchor.Between(kept, fresh);
        Candidates candidates = new(kept, fresh, anchors);
        BestChain chain = new(kept.Count);
        for (int place = 0; place < fresh.Count; place++)
        {
            chain.Add(place, candidates.Of(place));
        }

        int[] matches = new int[fresh.Count];
        Array.Fill(matches, -1);
        int changed = 0;
        foreach ((int keptPlace, int freshPlace) in chain.Best())
        {
            matches[freshPlace] = keptPlace;
            changed += Likeness.Of(kept[keptPlace], fresh[freshPlace]) < Likeness.Same ? 1 : 0;
        }

        MatchOutOfOrder(kept, fresh, new Candidates(kept, fresh, anchors), matches);

        List<TimeSpan> shifts = [];
        foreach (Anchor anchor in anchors)
        {
            if (shifts.Count == 0 || shifts[^1] != anchor.Shift)
            {
                shifts.Add(anchor.Shift);
            }
        }

        return new ChatAlignment(matches, anchors, shifts, changed);
    }

    /// <summary>A message that came late stands elsewhere on the two sides: what is left and says the same at the same time is the same one.</summary>
    private static void MatchOutOfOrder(IReadOnlyList<ChatItem> kept, IReadOnlyList<ChatItem> fresh, Candidates candidates, int[] matches)
    {
        HashSet<int> taken = [.. matches.Where(match => match >= 0)];
        for (int place = 0; place < matches.Length; place++)
        {
            if (matches[place] >= 0)
            {
                continue;
            }

            (int Kept, int Score) best = (-1, 0);
            foreach ((int Kept, int Score) candidate in candidates.Of(place))
            {
                if (candidate.Score > best.Score && !taken.Contains(candidate.Kept) && Likeness.Of(kept[candidate.Kept], fresh[place]) == Likeness.Same)
                {
                    best = candidate;
                }
            }

            if (best.Kept >= 0)
            {
                matches[place] = best.Kept;
                taken.Add(best.Kept);
            }
        }
    }

    /// <summary>What the fresh side's clock is more than the kept one's at a message, as the nearest certain one before it tells, or else the first.</summary>
    /// <param name="fresh">Its place on the fresh side.</param>
    public TimeSpan ShiftAt(int fresh)
    {
        (int low, int high) = (0, _anchors.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _anchors[middle].Fresh <= fresh ? (middle + 1, high) : (low, middle);
        }

        return _anchors.Count == 0 ? TimeSpan.Zero : _anchors[Math.Max(0, low - 1)].Shift;
    }

    /// <summary>After which kept message a new one stands; −1 before the first.</summary>
    /// <param name="fresh">Its place on the fresh side.</param>
    public int After(int fresh)
    {
        for (int place = fresh - 1; place >= 0; place--)
        {
            if (_matches[place] >= 0)
            {
                return _matches[place];
            }
        }

        int next = Array.FindIndex(_matches, fresh, match => match >= 0);
        return next < 0 ? -1 : _matches[next] - 1;
    }
}
