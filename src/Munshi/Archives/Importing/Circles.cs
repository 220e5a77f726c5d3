namespace Munshi.Archives.Importing;

/// <summary>Finds what leads back to itself.</summary>
internal static class Circles
{
    /// <param name="next">To what each leads.</param>
    /// <returns>Those that lead back to themselves; what only leads to them is not among them.</returns>
    public static IReadOnlySet<Guid> In(IReadOnlyDictionary<Guid, Guid> next)
    {
        HashSet<Guid> circling = [];
        HashSet<Guid> known = [];
        foreach (Guid start in next.Keys)
        {
            List<Guid> path = [];
            Guid at = start;
            while (next.TryGetValue(at, out Guid after) && known.Add(at))
            {
                path.Add(at);
                at = after;
            }

            int begin = path.IndexOf(at);
            if (begin >= 0)
            {
                circling.UnionWith(path[begin..]);
            }
        }

        return circling;
    }
}
