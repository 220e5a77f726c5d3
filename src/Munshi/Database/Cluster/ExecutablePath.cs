namespace Munshi.Database.Cluster;

internal static class ExecutablePath
{
    /// <summary>The first file of that name in a colon-separated list of directories.</summary>
    public static string? Find(string name, string? searchPath) => (searchPath ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, name))
        .FirstOrDefault(File.Exists);
}
