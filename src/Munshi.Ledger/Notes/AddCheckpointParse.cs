namespace Munshi.Ledger.Notes;

/// <summary>What a body sent to a witness turned out to be.</summary>
public abstract record AddCheckpointParse
{
    private AddCheckpointParse()
    {
    }

    /// <summary>The body is exactly this request's encoding. Nothing is said about signatures, proof or sizes.</summary>
    public sealed record Parsed(AddCheckpointRequest Request) : AddCheckpointParse;

    /// <param name="Reason">Names the line and the rule, never the value.</param>
    public sealed record Refused(string Reason) : AddCheckpointParse
    {
        /// <summary>Whether the form is right, and only the checkpoint's root is not that of a tree of size 0: status 422, not 400.</summary>
        public bool IsOfEmptyTree { get; init; }
    }
}
