namespace Munshi.Database.Cluster;

/// <summary>Tells a failure of the file system in one sentence.</summary>
internal static class FileFailure
{
    public static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static ClusterOutcome.Refused Refusal(string dataDirectory, Exception exception) => exception switch
    {
        IOException full when DiskSpace.Caused(full) => DiskSpace.Refusal(dataDirectory),
        UnauthorizedAccessException => new(
            ClusterRefusal.NotWritable,
            $"The user {Environment.UserName} may not write in {dataDirectory}: start Munshi as the directory's owner, "
            + $"or choose another ({exception.Message})"),
        _ => new(
            ClusterRefusal.DataDirectoryUnusable,
            $"The data directory {dataDirectory} cannot be used: {exception.Message}"),
    };
}
