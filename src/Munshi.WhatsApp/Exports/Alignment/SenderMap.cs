namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>Who on one side is who on the other: people are renamed in address books, and the other party's phone has other names for all.</summary>
internal sealed class SenderMap
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keptNames;
    private readonly HashSet<string> _freshNames;

    /// <param name="kept">Whose names are what others are mapped to.</param>
    /// <param name="fresh">The other side.</param>
    /// <param name="anchors">Messages that are known to be the same.</param>
    public SenderMap(IReadOnlyList<ChatItem> kept, IReadOnlyList<ChatItem> fresh, IReadOnlyList<Anchor> anchors)
    {
        _keptNames = Names(kept);
        _freshNames = Names(fresh);
        foreach (var pair in anchors
            .GroupBy(anchor => (Fresh: fresh[anchor.Fresh].From!, Kept: kept[anchor.Kept].From!))
            .OrderByDescending(same => same.Count()).ThenByDescending(same => same.Key.Fresh == same.Key.Kept))
        {
            if (!_known.ContainsKey(pair.Key.Fresh) && _taken.Add(pair.Key.Kept))
            {
                _known.Add(pair.Key.Fresh, pair.Key.Kept);
            }
        }
    }

    /// <summary>Whether the two can be one person. Of whom nothing is known, the same name is; and so are two names that the other side does not have.</summary>
    public bool AreOne(string? kept, string? fresh)
    {
        if (kept is null || fresh is null)
        {
            return kept is null && fresh is null;
        }

        return _known.TryGetValue(fresh, out string? known)
            ? known == kept
            : kept == fresh || (!_taken.Contains(kept) && !_keptNames.Contains(fresh) && !_freshNames.Contains(kept));
    }

    private static HashSet<string> Names(IReadOnlyList<ChatItem> items) => [.. items.Select(item => item.From).OfType<string>()];
}
