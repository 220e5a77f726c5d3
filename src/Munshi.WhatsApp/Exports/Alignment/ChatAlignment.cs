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

    private ChatAlignment(int[] matches, IReadOnlyList<TimeSpan> shifts, int changed)
    {
        _matches = matches;
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

        List<TimeSpan> shifts = [];
        foreach (Anchor anchor in anchors)
        {
            if (shifts.Count == 0 || shifts[^1] != anchor.Shift)
            {
                shifts.Add(anchor.Shift);
            }
        }

        return new ChatAlignment(matches, shifts, changed);
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
