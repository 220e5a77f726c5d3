namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>Which kept messages one of the export can be.</summary>
internal sealed class Candidates
{
    private readonly IReadOnlyList<ChatItem> _kept;
    private readonly IReadOnlyList<ChatItem> _fresh;
    private readonly IReadOnlyList<Anchor> _anchors;
    private readonly SenderMap _senders;
    private readonly Dictionary<long, List<int>> _byMinute = [];
    private int _next;

    public Candidates(IReadOnlyList<ChatItem> kept, IReadOnlyList<ChatItem> fresh, IReadOnlyList<Anchor> anchors)
    {
        (_kept, _fresh, _anchors) = (kept, fresh, anchors);
        _senders = new SenderMap(kept, fresh, anchors);
        for (int place = 0; place < kept.Count; place++)
        {
            long minute = Closeness.Minute(kept[place].At);
            if (!_byMinute.TryGetValue(minute, out List<int>? places))
            {
                _byMinute.Add(minute, places = []);
            }

            places.Add(place);
        }
    }

    /// <summary>Asked for one message after the other, in their order.</summary>
    /// <returns>Places of kept messages, each with what it counts.</returns>
    public List<(int Kept, int Score)> Of(int place)
    {
        while (_next < _anchors.Count && _anchors[_next].Fresh < place)
        {
            _next++;
        }

        int expected = _next == 0 ? place : _anchors[_next - 1].Kept + place - _anchors[_next - 1].Fresh;
        List<(int Kept, int Score)> found = [];
        TimeSpan before = _next > 0 ? _anchors[_next - 1].Shift : _anchors.Count > 0 ? _anchors[0].Shift : TimeSpan.Zero;
        Look(place, before, expected, found);
        if (_next < _anchors.Count && _anchors[_next].Shift != before)
        {
            Look(place, _anchors[_next].Shift, expected, found);
        }

        return found;
    }

    private void Look(int place, TimeSpan shift, int expected, List<(int Kept, int Score)> found)
    {
        ChatItem item = _fresh[place];
        long minute = Closeness.Minute(item.At - shift);
        for (long near = minute - 1; near <= minute + 1; near++)
        {
            foreach (int kept in Nearest(_byMinute.GetValueOrDefault(near, []), expected))
            {
                int likeness = Likeness.Of(_kept[kept], item);
                if (likeness > 0 && Closeness.Of(_kept[kept], item, shift) is { } apart && (IsCallOfNobody(_kept[kept], item) || _senders.AreOne(_kept[kept].From, item.From)))
                {
                    found.Add((kept, (likeness * 4) - apart));
                }
            }
        }
    }

    /// <summary>Android's export does not tell who called; others do.</summary>
    private static bool IsCallOfNobody(in ChatItem kept, in ChatItem fresh) =>
        kept.Class is BodyClass.Call && fresh.Class is BodyClass.Call && (kept.From is null || fresh.From is null);

    /// <summary>Of the places of one minute, in order, those around the one that is expected.</summary>
    private static List<int> Nearest(List<int> places, int expected)
    {
        if (places.Count <= ChatAlignment.MostAlike)
        {
            return places;
        }

        int at = places.BinarySearch(expected);
        int start = Math.Clamp((at < 0 ? ~at : at) - (ChatAlignment.MostAlike / 2), 0, places.Count - ChatAlignment.MostAlike);
        return places.GetRange(start, ChatAlignment.MostAlike);
    }
}
