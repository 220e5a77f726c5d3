using System.Security.Cryptography;

namespace Munshi.Database.Cluster;

/// <summary>Makes a new cluster so that it is there whole or not at all.</summary>
/// <remarks>
/// initdb works in a sibling with a name of its own, renamed when complete. A sibling left by a killed attempt is removed; the
/// attempt's initdb may live on, but it writes under its own name and fails.
/// </remarks>
internal sealed class ClusterCreation(ServerAccount account, ServerCommand command, ServerFile files)
{
    /// <summary>Under the start lock. <see langword="null"/> when the cluster is there.</summary>
    public async Task<ClusterOutcome.Refused?> CreateAsync(
        ClusterHome home, ServerPrograms programs, CancellationToken cancellationToken)
    {
        string parent = Path.GetDirectoryName(home.ClusterDirectory)!;
        DataDirectoryPath.Make(parent, account);
        RemoveLeftovers(home.ClusterDirectory);
        string unfinished = $"{home.ClusterDirectory}.new-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            files.MakeDirectory(unfinished);
            CommandResult result = await command.RunAsync(
                programs.InitDb,
                [
                    "-D", unfinished, "--data-checksums", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres",
                    "--auth-local=peer", "--auth-host=scram-sha-256", "--no-instructions",
                ],
                cancellationToken);
            if (!result.Succeeded)
            {
                return Refuse(home.ClusterDirectory, result);
            }

            if (Directory.Exists(home.ClusterDirectory))
            {
                Directory.Delete(home.ClusterDirectory); // empty, as the search has made sure
            }

            Directory.Move(unfinished, home.ClusterDirectory);
            NativeFile.FlushDirectory(parent);
            return null;
        }
        finally
        {
            RemoveLeftovers(home.ClusterDirectory);
        }
    }

    private ClusterOutcome.Refused Refuse(string directory, CommandResult result)
    {
        string said = result.Output + result.Errors;
        if (DiskSpace.IsNamedIn(said))
        {
            return DiskSpace.Refusal(directory);
        }

        return new(
            ClusterRefusal.StartFailed,
            $"PostgreSQL could not make its cluster in {directory} as the user {account.Name}: {FailureText.Of(result.Errors)}");
    }

    private static void RemoveLeftovers(string clusterDirectory)
    {
        string parent = Path.GetDirectoryName(clusterDirectory)!;
        foreach (string leftover in Directory.GetDirectories(parent, Path.GetFileName(clusterDirectory) + ".new-*"))
        {
            try
            {
                Directory.Delete(leftover, recursive: true);
            }
            catch (IOException)
            {
                // An orphaned initdb still writes there; the next creation removes the rest.
            }
        }
    }
}
