namespace Munshi.WhatsApp.Exports;

/// <summary>The first walk over a file: which layout it has, and what it tells of dates and names.</summary>
internal static class Survey
{
    /// <summary>Pasted lines may have other layouts; more kinds than these are not chat.</summary>
    private const int MaxShapes = 16;

    /// <returns>The layout that explains the most lines; null where none begins as a message does.</returns>
    public static ShapeEvidence? Take(LineReader lines, CancellationToken cancellationToken)
    {
        Dictionary<HeaderShape, ShapeEvidence> found = [];
        while (lines.Next())
        {
            if (lines.IsPiece || !HeaderReader.TryRead(lines.Current, out Header header))
            {
                continue;
            }

            if (!found.TryGetValue(header.Shape, out ShapeEvidence? evidence))
            {
                if (found.Count == MaxShapes)
                {
                    continue;
                }

                found.Add(header.Shape, evidence = new ShapeEvidence(header.Shape));
            }

            evidence.Add(header, lines.Current[header.Length..]);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return found.Values.MaxBy(evidence => evidence.Count);
    }
}
