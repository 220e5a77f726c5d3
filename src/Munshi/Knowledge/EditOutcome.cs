namespace Munshi.Knowledge;

/// <summary>How changing an entry ended.</summary>
internal abstract record EditOutcome
{
    private EditOutcome() { }

    internal sealed record Saved(string Id) : EditOutcome;

    /// <param name="Problems">By field.</param>
    internal sealed record Refused(IReadOnlyList<FaqProblem> Problems) : EditOutcome;

    /// <summary>Somebody else changed it since, or it is retired.</summary>
    internal sealed record Stale : EditOutcome;
}
