namespace Munshi.Database.Cluster;

/// <summary>How an attempt to use the private cluster ended.</summary>
internal abstract record ClusterOutcome
{
    private ClusterOutcome() { }

    /// <summary>The cluster accepts connections until the lease is disposed.</summary>
    internal sealed record Ready(ClusterLease Lease) : ClusterOutcome;

    /// <param name="Reason">For programs.</param>
    /// <param name="Sentence">One plain sentence for the operator: what is wrong and how to mend it.</param>
    internal sealed record Refused(ClusterRefusal Reason, string Sentence) : ClusterOutcome;
}
