using System.Globalization;
using System.Text.RegularExpressions;

namespace Munshi.Database.Cluster;

/// <summary>Finds PostgreSQL's server programs, which most systems keep off the path.</summary>
/// <param name="versionedRoot">Where Debian keeps <c>VERSION/bin</c>.</param>
/// <param name="searchPath">Colon-separated; asked after it, by <c>pg_config --bindir</c> and by <c>postgres</c> itself.</param>
internal sealed partial class ServerProgramSearch(string versionedRoot, string? searchPath)
{
    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    /// <summary>As installed on this machine.</summary>
    public static ServerProgramSearch OfThisMachine() => new("/usr/lib/postgresql", Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Every complete set, newest first; of one version the packaged one.</summary>
    public async Task<IReadOnlyList<ServerPrograms>> FindAsync(CancellationToken cancellationToken)
    {
        List<ServerPrograms> found = [];
        string[] versioned = Directory.Exists(versionedRoot) ? Directory.GetDirectories(versionedRoot) : [];
        found.AddRange(
            from directory in versioned
            let programs = Path.Combine(directory, "bin")
            where int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out _) && IsComplete(programs)
            select new ServerPrograms(int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture), programs));

        foreach (string directory in await OnPathAsync(cancellationToken))
        {
            if (IsComplete(directory) && found.TrueForAll(programs => programs.Directory != directory)
                && await VersionAsync(directory, cancellationToken) is int version)
            {
                found.Add(new ServerPrograms(version, directory));
            }
        }

        return [.. found.OrderByDescending(programs => programs.MajorVersion)];
    }

    private async Task<IEnumerable<string>> OnPathAsync(CancellationToken cancellationToken)
    {
        List<string> directories = [];
        if (ExecutablePath.Find("pg_config", searchPath) is string tool)
        {
            CommandResult answer = await ServerCommand.RunPlainAsync(tool, "--bindir", cancellationToken);
            if (answer.Succeeded)
            {
                directories.Add(answer.Output.Trim());
            }
        }

        if (ExecutablePath.Find("postgres", searchPath) is string server)
        {
            directories.Add(Path.GetDirectoryName(server)!);
        }

        return directories;
    }

    private static async Task<int?> VersionAsync(string directory, CancellationToken cancellationToken)
    {
        CommandResult answer =
            await ServerCommand.RunPlainAsync(Path.Combine(directory, "postgres"), "--version", cancellationToken);
        Match match = MajorVersion().Match(answer.Output);
        return answer.Succeeded && match.Success ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static bool IsComplete(string directory) =>
        Array.TrueForAll(Needed, program => File.Exists(Path.Combine(directory, program)));

    /// <summary>Of <c>postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)</c>, the 15.</summary>
    [GeneratedRegex(@"(?<=PostgreSQL\) )\d+")]
    private static partial Regex MajorVersion();
}
