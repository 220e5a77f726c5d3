namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>A message whose words stand once on each side: it is the same one.</summary>
/// <param name="Kept">Its place on the kept side.</param>
/// <param name="Fresh">Its place on the other.</param>
/// <param name="Shift">What the fresh side's time is more than the kept one's, in whole quarters of an hour.</param>
internal readonly record struct Anchor(int Kept, int Fresh, TimeSpan Shift)
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>No place on Earth is further away, and both sides may be wrong by a day.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(27);

    /// <summary>The longest chain of them that is in order on both sides, in that order.</summary>
    public static IReadOnlyList<Anchor> Between(IReadOnlyList<ChatItem> kept, IReadOnlyList<ChatItem> fresh)
    {
        Dictionary<UInt128, int> places = Single(kept);
        List<Anchor> found = [];
        foreach ((UInt128 body, int place) in Single(fresh).OrderBy(single => single.Value))
        {
            if (place >= 0 && places.TryGetValue(body, out int other) && other >= 0 && ShiftOf(kept[other], fresh[place]) is { } shift)
            {
                found.Add(new Anchor(other, place, shift));
            }
        }

        return Chain(found);
    }

    /// <summary>What stands once and is long enough not to be said by chance; −1 for what stands more than once.</summary>
    private static Dictionary<UInt128, int> Single(IReadOnlyList<ChatItem> items)
    {
        Dictionary<UInt128, int> places = [];
        for (int place = 0; place < items.Count; place++)
        {
            if (items[place] is { Class: BodyClass.Words, IsLong: true, From: not null } item && !places.TryAdd(item.Body, place))
            {
                places[item.Body] = -1;
            }
        }

        return places;
    }

    private static TimeSpan? ShiftOf(in ChatItem kept, in ChatItem fresh)
    {
        TimeSpan apart = fresh.At - kept.At;
        TimeSpan shift = Quarter * Math.Round(apart / Quarter);
        return shift.Duration() <= Furthest && Closeness.Of(kept, fresh, shift) is not null ? shift : null;
    }

    /// <summary>Patience sorting.</summary>
    private static List<Anchor> Chain(List<Anchor> found)
    {
        List<int> tails = [];
        int[] before = new int[found.Count];
        for (int i = 0; i < found.Count; i++)
        {
            int low = 0;
            for (int high = tails.Count; low < high;)
            {
                int middle = (low + high) / 2;
                (low, high) = found[tails[middle]].Kept < found[i].Kept ? (middle + 1, high) : (low, middle);
            }

            before[i] = low == 0 ? -1 : tails[low - 1];
            if (low == tails.Count)
            {
                tails.Add(i);
            }
            else
            {
                tails[low] = i;
            }
        }

        List<Anchor> chain = [];
        for (int i = tails.Count == 0 ? -1 : tails[^1]; i >= 0; i = before[i])
        {
            chain.Add(found[i]);
        }

        chain.Reverse();
        return chain;
    }
}
