namespace Munshi.Workspaces;

/// <summary>How creating a workspace ended.</summary>
internal abstract record WorkspaceOutcome
{
    private WorkspaceOutcome() { }

    internal sealed record Created(Guid ClientId) : WorkspaceOutcome;

    /// <param name="Sentence">What is wrong and what is allowed.</param>
    internal sealed record Refused(string Sentence) : WorkspaceOutcome;
}
