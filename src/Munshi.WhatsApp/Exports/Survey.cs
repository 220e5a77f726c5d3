namespace Munshi.WhatsApp.Exports;

/// <summary>What the first walk over a file found: which layout it has, and what it tells of dates, names and the ends of records.</summary>
internal sealed record Survey(ShapeEvidence Evidence, RecordEnds Ends)
{
    public PastedRuns Pasted { get; init; } = PastedRuns.None;

    /// <summary>Pasted lines may have other layouts; the rarest of more kinds than these are forgotten.</summary>
    private const int MaxShapes = 16;

    /// <summary>The layout of the first line holds unless another is so many times more frequent: what is pasted stands further down.</summary>
    private const int MuchMore = 50;

    /// <returns>Null where no line begins as a message does.</returns>
    public static Survey? Take(LineReader lines, CancellationToken cancellationToken)
    {
        Dictionary<HeaderShape, ShapeEvidence> found = [];
        RecordEnds ends = new();
        HeaderPattern headers = new();
        ShapeEvidence? last = null;
        ShapeEvidence? first = null;
        while (lines.Next())
        {
            ends.Line(lines);
            if (lines.IsPiece || !headers.TryRead(lines.Current, out Header header))
            {
                continue;
            }

            if (last is null || last.Shape != header.Shape)
            {
                last = Of(found, header.Shape);
                first = lines.Number == 1 ? last : first;
            }

            last.Add(header, lines);
            cancellationToken.ThrowIfCancellationRequested();
        }

        ShapeEvidence? most = found.Values.MaxBy(evidence => evidence.Count);
        if (most is null)
        {
            return null;
        }

        ShapeEvidence chosen = first is not null && first.Count * MuchMore >= most.Count ? first : most;
        ends.Settle(chosen.AfterCrLf, chosen.AfterLf);
        return new Survey(chosen, ends);
    }

    private static ShapeEvidence Of(Dictionary<HeaderShape, ShapeEvidence> found, HeaderShape shape)
    {
        if (!found.TryGetValue(shape, out ShapeEvidence? evidence))
        {
            if (found.Count == MaxShapes)
            {
                found.Remove(found.Values.MinBy(rarest => rarest.Count)!.Shape);
            }

            found.Add(shape, evidence = new ShapeEvidence(shape));
        }

        return evidence;
    }
}
