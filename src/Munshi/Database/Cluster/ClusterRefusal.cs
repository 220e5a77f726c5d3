namespace Munshi.Database.Cluster;

/// <summary>Why the private cluster cannot be used.</summary>
internal enum ClusterRefusal
{
    /// <summary>PostgreSQL's server programs, or the tools that run them as another user, are not installed.</summary>
    NoServerPrograms,

    /// <summary>The cluster was made by a major version that is not installed, or by one below 15.</summary>
    OtherVersion,

    DiskFull,

    /// <summary>The cluster's files belong to an operating-system user other than the one that would run it.</summary>
    BelongsToAnotherUser,

    /// <summary>The data directory is a copy whose link leads to the cluster of the original, or which has its id while it runs.</summary>
    BelongsToAnotherDirectory,

    NotWritable,

    /// <summary>A PostgreSQL that Munshi did not start runs in the cluster's directory.</summary>
    HeldByAnother,

    /// <summary><c>pg</c> holds files but is no cluster, or is a link that leads nowhere.</summary>
    NotACluster,

    /// <summary>The data directory is no directory, or its path cannot be passed to PostgreSQL's tools.</summary>
    DataDirectoryUnusable,

    /// <summary>The socket directory exists and is not ours alone.</summary>
    SocketDirectoryUnsafe,

    /// <summary>Recovery goes on in the background after the start's deadline.</summary>
    StillRecovering,

    /// <summary>Another Munshi process has been starting or stopping the cluster for too long.</summary>
    Busy,

    /// <summary>Any other failure of initdb or of the start; the sentence ends with PostgreSQL's own words.</summary>
    StartFailed,
}
