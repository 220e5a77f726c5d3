using System.CommandLine;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Workspaces;

namespace Munshi.CommandLine;

/// <summary><c>munshi remove</c>: takes a whole installation away, if it holds no other workspace than the one named.</summary>
internal static class RemoveVerb
{
    public static Command Build()
    {
        Option<string> only = new("--only-workspace") { Description = "The handle of the one workspace that may be lost with it", Required = true, HelpName = "W" };
        Option<string[]> also = new("--also") { Description = "A further file or folder of the data directory that belongs to it", HelpName = "NAME" };
        Option<bool> list = new("--list") { Description = "Print what would be removed, and remove nothing" };
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        Option<string> data = VerbOptions.Data();
        Command command = new("remove", "Remove an installation and all it keeps: nothing brings it back") { only, also, list, yes, data };
        command.OnRun((parsed, cancellationToken) => RunAsync(
            new DataDirectory(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(only), parsed.GetValue(also) ?? [], parsed.GetValue(list), parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DataDirectory data, string only, string[] also, bool list, bool yes, CancellationToken cancellationToken)
    {
        if (also.Any(name => name.Length == 0 || name is "." or ".." || name.Contains('/', StringComparison.Ordinal)))
        {
            throw new RefusalException("--also takes the name of something in the data directory, without a path.");
        }

        if (!Directory.Exists(data.Root))
        {
            throw new RefusalException($"There is no directory {data.Root}.");
        }

        string cluster = ClusterHome.NameIn(data.Root);
        if (Directory.Exists(cluster))
        {
            await RequireOnlyAsync(data, only, cancellationToken);
            if (!list && File.Exists(Path.Combine(cluster, "postmaster.pid")))
            {
                throw new RefusalException($"Something is using {data.Root}: stop it first. Nothing was removed.");
            }
        }
        else if (!InstallationRemoval.IsBegun(data.Root))
        {
            throw new RefusalException($"{data.Root} has no database that tells what it holds, so nothing was removed.");
        }

        IReadOnlyList<string> found = InstallationRemoval.Find(data.Root, also);
        foreach (string path in found)
        {
            Console.WriteLine(path);
        }

        if (list || found.Count == 0)
        {
            return 0;
        }

        if (!yes)
        {
            RequireYes(only);
        }

        InstallationRemoval.Begin(data.Root);
        IReadOnlyList<string> left = InstallationRemoval.Remove(data.Root, InstallationRemoval.Find(data.Root, also));
        if (left.Count > 0)
        {
            await Console.Error.WriteLineAsync($"Not Munshi's, and so left: {string.Join(", ", left)}");
        }

        Console.WriteLine("Removed.");

        return 0;
    }

    /// <exception cref="RefusalException">Nobody was there to say yes, or they said something else.</exception>
    private static void RequireYes(string only)
    {
        if (Console.IsInputRedirected)
        {
            throw new RefusalException("Nothing was removed: say --yes to remove it without being asked.");
        }

        Console.Write($"This removes all of it, the workspace {only} with every chat in it, and nothing brings it back. Type yes: ");
        if (Console.ReadLine()?.Trim() != "yes")
        {
            throw new RefusalException("Nothing was removed.");
        }
    }

    /// <exception cref="RefusalException">It holds something else.</exception>
    private static async Task RequireOnlyAsync(DataDirectory data, string only, CancellationToken cancellationToken)
    {
        await using Installation installation = await Installation.OpenForRemovalAsync(data, cancellationToken);
        IReadOnlyList<WorkspaceListing> workspaces = await installation.Get<WorkspaceRegistry>().ListAsync(cancellationToken);
        if (workspaces.FirstOrDefault(workspace => workspace.Slug != only) is { } other)
        {
            throw new RefusalException($"{data.Root} also holds the workspace '{other.Slug}', so nothing was removed.");
        }
    }
}
