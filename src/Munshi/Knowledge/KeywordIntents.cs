namespace Munshi.Knowledge;

/// <summary>The commonest asks of small shops, known by their keywords alone: "timing?", "पता", "cash ya upi", "ডেলিভারি".</summary>
/// <remarks>
/// Hours, address, price, delivery, payment, order status, returns and exchange, catalogue, offers; the tenth, a person, is
/// <see cref="AnswerBar.PersonWanted"/>. Each row: the concepts that make the ask, then those that may stand beside them. Refund, return and
/// exchange stay three different asks, as everywhere.
/// </remarks>
internal static class KeywordIntents
{
    private static readonly (HashSet<string> Cores, HashSet<string> Beside)[] Intents =
    [
        (["hours"], ["time", "when", "shop"]),
        (["address"], ["where", "shop"]),
        (["price"], ["howmuch"]),
        (["delivery", "courier"], ["home", "available", "parcel"]),
        (["payment", "upi", "card", "cash"], ["available", "qr"]),
        (["track"], ["order", "parcel", "where"]),
        (["return", "exchange", "refund"], []),
        (["catalogue"], ["photo", "available"]),
        (["discount"], ["available"]),
    ];

    private static readonly HashSet<string> Cores = [.. Intents.SelectMany(intent => intent.Cores)];

    /// <summary>The concepts that make each ask, the commonest ask first.</summary>
    public static IEnumerable<IReadOnlySet<string>> InOrder => Intents.Select(intent => intent.Cores);

    /// <param name="concepts">Of every subject of a text; null for one that is no shop word.</param>
    /// <returns>What is asked, the same for the same ask in any wording; null where more than such keywords was said.</returns>
    public static string? Read(IEnumerable<Concept?> concepts)
    {
        HashSet<string> names = [];
        foreach (Concept? concept in concepts)
        {
            if (concept is null)
            {
                return null;
            }

            names.Add(concept.Name);
        }

        JoinWhere(names);
        HashSet<string> allowed = [.. Intents.Where(intent => intent.Cores.Overlaps(names)).SelectMany(intent => intent.Cores.Concat(intent.Beside))];
        return allowed.Count > 0 && names.IsSubsetOf(allowed)
            ? string.Join(' ', names.Where(Cores.Contains).Order(StringComparer.Ordinal))
            : null;
    }

    /// <summary>"Shop where?" asks for the address, "order where?" for its status.</summary>
    private static void JoinWhere(HashSet<string> names)
    {
        if (!names.Contains("where"))
        {
            return;
        }

        if (names.Contains("shop"))
        {
            names.Add("address");
        }
        else if (names.Contains("order") || names.Contains("parcel"))
        {
            names.Add("track");
        }
    }
}
