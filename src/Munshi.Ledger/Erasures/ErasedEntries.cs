namespace Munshi.Ledger.Erasures;

/// <summary>Which entries of a log are erased, and which leaf says so. Safe for concurrent use.</summary>
public sealed class ErasedEntries
{
    private readonly List<(EntryRange Range, long Seq)> _parts; // ascending, no entry twice

    /// <param name="told">Erasures, each after the leaf that tells of it; in any order.</param>
    public ErasedEntries(IReadOnlyCollection<(long Seq, ErasureRecord Record)> told)
    {
        List<(EntryRange Range, long Seq)> ranges = new(told.Sum(one => one.Record.Entries.Count));
        ranges.AddRange(told.SelectMany(one => one.Record.Entries.Select(range => (range, one.Seq))));
        _parts = Part(ranges);
    }

    /// <summary>The first leaf of those that name an entry; null where none does.</summary>
    public long? Of(long entry)
    {
        (int low, int high) = (0, _parts.Count - 1);
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            (EntryRange range, long seq) = _parts[middle];
            if (entry >= range.First && entry <= range.Last)
            {
                return seq;
            }

            (low, high) = entry < range.First ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    /// <remarks>However many leaves name the same entries, each range is taken up once.</remarks>
    private static List<(EntryRange Range, long Seq)> Part(List<(EntryRange Range, long Seq)> told)
    {
        told.Sort((one, other) => one.Range.First.CompareTo(other.Range.First));
        List<(EntryRange Range, long Seq)> parts = [];
        PriorityQueue<long, long> open = new(); // where each ends that has begun, by the leaf that names it
        long at = 0;
        for (int next = 0; next < told.Count || open.Count > 0;)
        {
            if (open.Count == 0)
            {
                at = Math.Max(at, told[next].Range.First);
            }

            for (; next < told.Count && told[next].Range.First <= at; next++)
            {
                open.Enqueue(told[next].Range.Last, told[next].Seq);
            }

            open.TryPeek(out long last, out long seq);
            if (last < at)
            {
                open.Dequeue();
                continue;
            }

            last = next < told.Count ? Math.Min(last, told[next].Range.First - 1) : last;
            parts.Add((new EntryRange(at, last), seq));
            if (last == long.MaxValue)
            {
                break;
            }

            at = last + 1;
        }

        return parts;
    }
}
