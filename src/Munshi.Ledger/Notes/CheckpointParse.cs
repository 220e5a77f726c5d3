namespace Munshi.Ledger.Notes;

/// <summary>What a note's text read as a checkpoint turned out to be.</summary>
public abstract record CheckpointParse
{
    private CheckpointParse()
    {
    }

    /// <summary>The text is exactly this checkpoint's encoding.</summary>
    public sealed record Parsed(Checkpoint Checkpoint) : CheckpointParse;

    /// <param name="Reason">Names the line and the rule, never the value.</param>
    public sealed record Refused(string Reason) : CheckpointParse
    {
        /// <summary>Whether the form is right, and only the root is not that of a tree of size 0.</summary>
        public bool IsOfEmptyTree { get; init; }
    }
}
