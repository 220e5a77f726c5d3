using System.Text.RegularExpressions;

namespace Munshi.Database.Cluster;

/// <summary>Picks the one line of PostgreSQL's output that tells what went wrong.</summary>
internal static partial class FailureText
{
    /// <summary>The first line marked as fatal, else the first that is more than a remark.</summary>
    public static string Of(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? telling =
            lines.FirstOrDefault(line => Fatal().IsMatch(line) && !Turned().IsMatch(line))
            ?? lines.FirstOrDefault(line => Error().IsMatch(line))
            ?? lines.FirstOrDefault(line => !Remark().IsMatch(line));
        return telling is null ? "it gave no reason." : Prefix().Replace(telling, "").TrimEnd('.') + ".";
    }

    [GeneratedRegex("(FATAL|PANIC):")]
    private static partial Regex Fatal();

    /// <summary>Clients turned away meanwhile: <c>FATAL:  the database system is starting up</c>.</summary>
    [GeneratedRegex("FATAL:  the database system is ")]
    private static partial Regex Turned();

    [GeneratedRegex("(error:|could not )")]
    private static partial Regex Error();

    [GeneratedRegex("(LOG|HINT|DETAIL|WARNING):|^pg_ctl:|^waiting for|stopped waiting")]
    private static partial Regex Remark();

    [GeneratedRegex("^.*?((FATAL|PANIC):  |error: )")]
    private static partial Regex Prefix();
}
