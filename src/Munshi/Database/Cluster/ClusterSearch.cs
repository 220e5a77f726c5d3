namespace Munshi.Database.Cluster;

/// <summary>Decides where the cluster is, or will be made.</summary>
internal sealed class ClusterSearch(ServerAccount account, ServerFileAccess access)
{
    /// <summary>The paths, or why the directory found cannot be our cluster.</summary>
    public async Task<(ClusterHome? Home, ClusterOutcome.Refused? Refusal)> FindAsync(
        string dataDirectory, string instanceId, CancellationToken cancellationToken)
    {
        string name = ClusterHome.NameIn(dataDirectory);
        FileStatus? there = NativeFile.Status(name, follow: false);
        string linked = Path.Combine(ClusterHome.LinkedRoot, instanceId);
        ClusterHome home = there switch
        {
            { IsLink: true } => new(
                dataDirectory, instanceId, File.ResolveLinkTarget(name, returnFinalTarget: true)!.FullName, LinkMissing: false),
            null when account.IsSwitched && await BelongsOutsideAsync(dataDirectory, linked, cancellationToken) =>
                new(dataDirectory, instanceId, linked, LinkMissing: true),
            _ => new(dataDirectory, instanceId, name, LinkMissing: false),
        };

        ClusterOutcome.Refused? refusal = there is { IsLink: true } && !Directory.Exists(home.ClusterDirectory)
            ? new(
                ClusterRefusal.NotACluster,
                $"{name} leads to {home.ClusterDirectory}, which is not there: bring it back, or restore a backup.")
            : Inspect(home.ClusterDirectory);
        return refusal is null ? (home, null) : (null, refusal);
    }

    private async Task<bool> BelongsOutsideAsync(string dataDirectory, string linked, CancellationToken cancellationToken) =>
        File.Exists(ClusterVersion.FileIn(linked)) || !await access.CanEnterAsync(dataDirectory, cancellationToken);

    private ClusterOutcome.Refused? Inspect(string directory)
    {
        if (NativeFile.Status(directory, follow: false) is not FileStatus status)
        {
            return null;
        }

        if (!status.IsDirectory || (!File.Exists(ClusterVersion.FileIn(directory)) && !IsEmpty(directory)))
        {
            return new(
                ClusterRefusal.NotACluster,
                $"{directory} holds something that is not a PostgreSQL cluster: move it away, and Munshi will make its own there.");
        }

        return status.UserId == account.UserId || (account.IsSwitched && IsEmpty(directory))
            ? null
            : new(
                ClusterRefusal.BelongsToAnotherUser,
                $"{directory} belongs to the user {ServerAccount.NameOf(status.UserId)}, but PostgreSQL would run as "
                + $"{account.Name}: start Munshi as the user who made it.");
    }

    private static bool IsEmpty(string directory)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(directory).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
