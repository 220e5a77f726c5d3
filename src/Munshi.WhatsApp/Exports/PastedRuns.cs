namespace Munshi.WhatsApp.Exports;

/// <summary>Runs of lines of the file's own layout that were pasted into a message, where line ends do not tell.</summary>
/// <remarks>A run is older than what stands before it, and holds people who wrote nothing else in a chat of two; whatever a group's members sent late stays theirs.</remarks>
internal sealed class PastedRuns
{
    public static readonly PastedRuns None = new([]);

    /// <summary>What a chat of two is told by: all but so many lines of a hundred are theirs.</summary>
    private const int MostOthers = 20;

    private const int MostRuns = 1000;

    private readonly (long First, long Last)[] _runs;

    private PastedRuns((long First, long Last)[] runs) => _runs = runs;

    /// <summary>Whether two people wrote nearly all, and others the rest: else there is nothing to look for.</summary>
    public static bool MayBeIn(NameCensus names)
    {
        long[] counts = [.. names.Counts.OrderDescending()];
        return counts.Length > 2 && counts[2..].Sum() * 100 <= counts.Sum() * MostOthers;
    }

    /// <param name="lines">From the beginning of the file.</param>
    /// <param name="shape">The file's layout.</param>
    /// <param name="order">Of its dates.</param>
    /// <param name="cancellationToken">Honoured between lines.</param>
    public static PastedRuns Find(LineReader lines, HeaderShape shape, DateOrder order, CancellationToken cancellationToken)
    {
        HashSet<byte[]> inOrder = new(NameBytes.Comparer);
        List<(long First, long Last, HashSet<byte[]> Names)> runs = [];
        HeaderPattern headers = new();
        DateTime newest = DateTime.MinValue;
        bool isRun = false;
        while (lines.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.IsPiece || !headers.TryRead(lines.Current, out Header header) || header.Shape != shape || header.At(order) is not { } at)
            {
                continue;
            }

            ReadOnlySpan<byte> body = lines.Current[header.Length..];
            byte[]? name = NameCensus.NameEnd(body, from: 0) is > 0 and int end ? body[..end].ToArray() : null;
            if (at >= newest)
            {
                (newest, isRun) = (at, false);
                Add(inOrder, name);
                continue;
            }

            if (!isRun)
            {
                if (runs.Count == MostRuns)
                {
                    return None;
                }

                runs.Add((lines.Number, lines.Number, new HashSet<byte[]>(NameBytes.Comparer)));
            }

            isRun = true;
            runs[^1] = runs[^1] with { Last = lines.Number };
            Add(runs[^1].Names, name);
        }

        return inOrder.Count > 2 ? None : new PastedRuns([.. runs.Where(run => !run.Names.IsSubsetOf(inOrder)).Select(run => (run.First, run.Last))]);
    }

    /// <param name="line">From 1.</param>
    public bool Hold(long line)
    {
        int place = Array.BinarySearch(_runs, (line, long.MaxValue));
        int before = (place < 0 ? ~place : place) - 1;
        return before >= 0 && line <= _runs[before].Last;
    }

    private static void Add(HashSet<byte[]> names, byte[]? name)
    {
        if (name is not null)
        {
            names.Add(name);
        }
    }
}
