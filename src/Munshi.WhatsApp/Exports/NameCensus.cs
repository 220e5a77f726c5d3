namespace Munshi.WhatsApp.Exports;

/// <summary>Counts who may have written, over a whole file, so that a name with a colon and a line of the app's own can be told from a sender.</summary>
internal sealed class NameCensus
{
    /// <summary>A group has at most 1,024 people, of whom some changed their names.</summary>
    private const int MaxNames = 4096;

    /// <summary>In bytes; what is longer is no name.</summary>
    private const int MaxName = 256;

    private readonly Dictionary<byte[], NameTally> _tallies = new(NameBytes.Comparer);
    private readonly Dictionary<byte[], NameTally>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private NameTally? _last;

    public NameCensus() => _byBytes = _tallies.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Whether more people wrote than two.</summary>
    public bool IsGroup => _tallies.Values.Count(tally => tally.Count > 1) > 2;

    /// <summary>How many lines each of those has who wrote.</summary>
    public IEnumerable<long> Counts => _tallies.Values.Where(tally => tally.IsSender).Select(tally => tally.Count);

    /// <param name="body">The line behind the header.</param>
    /// <returns>Where the name ends; −1 where there is none.</returns>
    public int Add(ReadOnlySpan<byte> body)
    {
        int end = NameEnd(body, from: 0);
        if (end < 0)
        {
            int colon = LooseNameEnd(body);
            if (colon > 0 && TallyOf(body[..colon]) is { } loose)
            {
                loose.LooseCount++;
            }
        }
        else if (TallyOf(body[..end]) is { } tally)
        {
            tally.Count++;
            int longer = NameEnd(body, end + 2);
            if (longer > 0)
            {
                tally.AddLonger(body[..longer]);
            }
        }

        return end;
    }

    /// <summary>Where the name ends: at the next colon that a space or nothing follows; −1 where none does.</summary>
    public static int NameEnd(ReadOnlySpan<byte> body, int from)
    {
        ReadOnlySpan<byte> head = body[..Math.Min(body.Length, MaxName + 1)];
        for (int at = from; at < head.Length;)
        {
            int colon = head[at..].IndexOf((byte)':');
            if (colon < 0)
            {
                return -1;
            }

            at += colon + 1;
            if (at == body.Length || body[at] == (byte)' ')
            {
                return at - 1 > from ? at - 1 : -1;
            }
        }

        return -1;
    }

    /// <summary>At the first colon, whatever follows: old files and those that were edited by hand may lack the space.</summary>
    public static int LooseNameEnd(ReadOnlySpan<byte> body) => body[..Math.Min(body.Length, MaxName + 1)].IndexOf((byte)':');

    /// <summary>Null for what never stood before a colon, and for names beyond the first 4,096.</summary>
    public NameTally? Find(ReadOnlySpan<byte> label)
    {
        if (_last is { } last && label.SequenceEqual(last.Label))
        {
            return last; // people write several messages one after the other
        }

        return _byBytes.TryGetValue(label, out NameTally? tally) ? _last = tally : null;
    }

    private NameTally? TallyOf(ReadOnlySpan<byte> label)
    {
        if (Find(label) is { } known)
        {
            return known;
        }

        if (_tallies.Count == MaxNames)
        {
            return null;
        }

        byte[] kept = label.ToArray();
        NameTally tally = new(kept);
        _tallies.Add(kept, tally);
        return tally;
    }
}
