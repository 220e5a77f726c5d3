using System.Text.RegularExpressions;

namespace Munshi.Archives.Importing.Lines;

/// <summary>Texts that have a form, as the database holds them to it.</summary>
internal static partial class LineForms
{
    [GeneratedRegex("^((person|customer):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|program:[a-z-]{1,32})\\z", RegexOptions.CultureInvariant)]
    public static partial Regex Author { get; }

    [GeneratedRegex("^[a-z0-9_]{1,64}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex Kind { get; }

    [GeneratedRegex("^[a-z-]{1,48}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex Reason { get; }

    [GeneratedRegex("^[a-z]+/[a-z0-9.+-]{1,80}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex MediaType { get; }

    [GeneratedRegex("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex Hash { get; }

    [GeneratedRegex("^[A-Za-z0-9_+/-]{1,64}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex TimeZone { get; }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex EntryName { get; }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,47}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex Handle { get; }
}
