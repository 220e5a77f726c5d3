using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Counts who may have written, over a whole file, so that a name with a colon and a line of the app's own can be told from a sender.</summary>
internal sealed class NameCensus
{
    /// <summary>A group has at most 1,024 people, of whom some changed their names.</summary>
    private const int MaxNames = 4096;

    /// <summary>In bytes; what is longer is no name.</summary>
    private const int MaxName = 256;

    private const int Proof = 3;

    private readonly Dictionary<string, Tally> _tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tally>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public NameCensus() => _bySpan = _tallies.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="body">What stands behind the header.</param>
    /// <param name="marked">Whether the text begins with the mark of the app's own words.</param>
    public void Add(ReadOnlySpan<byte> body, out bool marked)
    {
        int end = NameEnd(body, from: 0);
        marked = false;
        if (end < 0)
        {
            return;
        }

        ReadOnlySpan<byte> text = body[Math.Min(end + 2, body.Length)..];
        marked = text.StartsWith("\u200E"u8) || text.StartsWith("\u200F"u8);
        Span<char> name = stackalloc char[MaxName];
        ref Tally tally = ref TallyOf(name[..Encoding.UTF8.GetChars(body[..end], name)], out bool known);
        if (!known)
        {
            return;
        }

        tally.Count++;
        int longer = NameEnd(body, end + 2);
        if (longer > 0 && (tally.Longer is null || tally.LongerEnd == longer))
        {
            string whole = Encoding.UTF8.GetString(body[..longer]);
            tally.Longer ??= whole;
            tally.LongerEnd = longer;
            tally.LongerCount += tally.Longer == whole ? 1 : 0;
        }
    }

    /// <summary>How often a name stands before a colon.</summary>
    public long CountOf(ReadOnlySpan<char> name) => _bySpan.TryGetValue(name, out Tally tally) ? tally.Count : 0;

    /// <summary>The name with a colon that stands wherever its first part does, at least three times; null where there is none.</summary>
    public string? LongerName(ReadOnlySpan<char> name) =>
        _bySpan.TryGetValue(name, out Tally tally) && tally.LongerCount >= Proof && tally.LongerCount == tally.Count ? tally.Longer : null;

    /// <summary>Where the name ends: at the next colon that a space or nothing follows; −1 where none does.</summary>
    internal static int NameEnd(ReadOnlySpan<byte> body, int from)
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
            if (at == body.Length || (at < body.Length && body[at] == (byte)' '))
            {
                return at - 1 > from ? at - 1 : -1;
            }
        }

        return -1;
    }

    private ref Tally TallyOf(ReadOnlySpan<char> name, out bool known)
    {
        known = true;
        if (_tallies.Count < MaxNames)
        {
            return ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_bySpan, name, out _);
        }

        ref Tally tally = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_bySpan, name);
        known = !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref tally);
        return ref tally;
    }

    private struct Tally
    {
        public long Count;
        public string? Longer;
        public int LongerEnd;
        public long LongerCount;
    }
}
