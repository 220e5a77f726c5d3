using System.Text.RegularExpressions;

namespace Munshi.Database.Cluster;

/// <summary>Picks the one line of PostgreSQL's output that tells what went wrong.</summary>
internal static partial class FailureText
{
    /// <summary>The mistake in a configuration file, else the first line marked as fatal, else the first that is more than a remark.</summary>
    public static string Of(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? telling =
            lines.FirstOrDefault(line => Mistake().IsMatch(line))
            ?? lines.FirstOrDefault(line => Fatal().IsMatch(line) && !Turned().IsMatch(line))
            ?? lines.FirstOrDefault(line => !Remark().IsMatch(line));
        return telling is null ? "it gave no reason." : Prefix().Replace(telling, "").TrimEnd('.') + ".";
    }

    /// <summary>Logged before the fatal line that only names the file.</summary>
    [GeneratedRegex("LOG:  (invalid value for parameter|syntax error in file|unrecognized configuration parameter|parameter )")]
    private static partial Regex Mistake();

    [GeneratedRegex("(FATAL|PANIC):")]
    private static partial Regex Fatal();

    /// <summary>Clients turned away meanwhile: <c>FATAL:  the database system is starting up</c>.</summary>
    [GeneratedRegex("FATAL:  the database system is ")]
    private static partial Regex Turned();

    [GeneratedRegex("(LOG|HINT|DETAIL|WARNING):|^(pg_ctl|initdb): (?!error)|^Examine the log|^waiting for|stopped waiting")]
    private static partial Regex Remark();

    [GeneratedRegex("^.*?((LOG|FATAL|PANIC):  |error: )|^postgres: ")]
    private static partial Regex Prefix();
}
