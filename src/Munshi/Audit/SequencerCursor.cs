namespace Munshi.Audit;

/// <summary>Where the next scan for events starts. A bound only: what is taken is decided by the absence of an entry.</summary>
/// <param name="Xid">The transaction.</param>
/// <param name="EventId">The event within it.</param>
internal readonly record struct SequencerCursor(ulong Xid, long EventId)
{
    public static SequencerCursor Start { get; } = new(0, 0);

    /// <summary>The cursor after a scan.</summary>
    /// <param name="lastTaken">The last event of a batch that was full; null where the scan came to its end.</param>
    /// <param name="xmin">The oldest transaction that was still open just before the scan; all earlier ones are visible or gone.</param>
    public SequencerCursor After(SequencerCursor? lastTaken, ulong xmin)
    {
        if (lastTaken is { } last)
        {
            return last.Xid < xmin ? last : this;
        }

        return xmin > Xid ? new SequencerCursor(xmin, 0) : this;
    }
}
