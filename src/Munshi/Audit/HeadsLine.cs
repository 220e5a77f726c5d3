using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>What a line of the heads file says.</summary>
internal abstract record HeadsLine
{
    private HeadsLine()
    {
    }

    internal sealed record Recorded(RecordedHead Head) : HeadsLine;

    /// <summary>The heads before this line were gone; what was lost with them cannot be seen.</summary>
    /// <param name="Number">The line's number, from 1.</param>
    internal sealed record Lost(long Number) : HeadsLine;

    /// <param name="Number">The line's number, from 1.</param>
    internal sealed record Unreadable(long Number) : HeadsLine;
}
