namespace Munshi.Database.WorkQueue;

/// <summary>A job claimed for a while. Whoever finishes it must still hold this lease.</summary>
/// <param name="ClientId">The workspace.</param>
/// <param name="JobId">The job.</param>
/// <param name="Kind">Names the handler.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Lease">The fence.</param>
internal sealed record JobLease(Guid ClientId, Guid JobId, string Kind, int Attempt, Guid Lease)
{
    /// <summary>Of the lane that holds nobody up.</summary>
    public bool IsBulk { get; init; }
}
