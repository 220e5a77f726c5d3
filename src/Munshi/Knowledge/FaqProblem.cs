namespace Munshi.Knowledge;

/// <summary>Why a line of a FAQ file was refused.</summary>
/// <param name="Line">Counted from 1; where a CSV record spans lines, its first. 0 means the whole file.</param>
/// <param name="Field">The field's name, or <c>file</c> or <c>line</c>.</param>
/// <param name="Wrong">What was found.</param>
/// <param name="Allowed">What would be accepted.</param>
public sealed record FaqProblem(int Line, string Field, string Wrong, string Allowed)
{
    public FaqFault Fault { get; init; }

    /// <summary>A name or number of <see cref="Fault"/>.</summary>
    public string? Detail { get; init; }
}
