namespace Munshi.Database.Cluster;

internal enum PostmasterPhase
{
    Starting,
    Ready,
    Stopping,

    /// <summary><c>postgres --single</c>: somebody repairs the cluster by hand.</summary>
    SingleUser,
}
