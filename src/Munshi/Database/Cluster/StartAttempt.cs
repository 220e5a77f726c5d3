namespace Munshi.Database.Cluster;

/// <summary>How one call of <c>pg_ctl start</c> ended.</summary>
internal abstract record StartAttempt
{
    private StartAttempt() { }

    internal sealed record Started : StartAttempt;

    /// <summary>Something of an earlier server still lives; it may end in a moment.</summary>
    internal sealed record Hindered(ClusterOutcome.Refused Refusal) : StartAttempt;

    internal sealed record Failed(ClusterOutcome.Refused Refusal) : StartAttempt;
}
