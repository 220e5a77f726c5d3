namespace Munshi.Database.Cluster;

/// <summary>What a look at the running cluster found.</summary>
internal abstract record ClusterHealth
{
    private ClusterHealth() { }

    internal sealed record Running : ClusterHealth;

    /// <summary>PostgreSQL had ended and was started again; every earlier connection is broken.</summary>
    internal sealed record Restarted : ClusterHealth;

    internal sealed record Refused(ClusterRefusal Reason, string Sentence) : ClusterHealth;
}
