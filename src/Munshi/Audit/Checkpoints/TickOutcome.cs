namespace Munshi.Audit.Checkpoints;

/// <summary>What one tick came to.</summary>
internal abstract record TickOutcome
{
    private TickOutcome()
    {
    }

    /// <param name="Size">The instance log's.</param>
    /// <param name="Note">Its checkpoint, signed and in both places.</param>
    /// <param name="IsBehind">Whether rows wait that were too many for one tick.</param>
    public sealed record Published(long Size, byte[] Note, bool IsBehind) : TickOutcome;

    /// <summary>No log grew, and it is not yet time for a tick all the same.</summary>
    public sealed record Idle : TickOutcome;

    /// <summary>Too few witnesses have confirmed that nothing is missing here.</summary>
    /// <param name="For">For example <c>waiting for 1 of 2 witnesses</c>.</param>
    public sealed record Waiting(string For) : TickOutcome;

    /// <summary>Another process signs.</summary>
    public sealed record NotLeading : TickOutcome;

    /// <param name="Reason">What was expected and what was found.</param>
    public sealed record Refused(string Reason) : TickOutcome;
}
