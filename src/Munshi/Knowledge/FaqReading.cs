namespace Munshi.Knowledge;

/// <summary>How reading a FAQ file ended: every entry, or none and the reasons.</summary>
internal abstract record FaqReading
{
    private FaqReading()
    {
    }

    internal sealed record Read(IReadOnlyList<FaqEntry> Entries) : FaqReading;

    /// <param name="Problems">In line order, at most <see cref="FaqReader.MaxProblems"/>.</param>
    internal sealed record Refused(IReadOnlyList<FaqProblem> Problems) : FaqReading;
}
