namespace Munshi.Database.Manifest;

/// <summary>Roles, grants, owners, policies, triggers, constraints and functions as this version migrates them.</summary>
internal static class DatabaseManifest
{
    private const string Resource = "Database/Manifest/manifest.txt";

    // What protects: its absence weakens.
    private static readonly string[] Guards = ["role", "owner", "rls", "policy", "trigger", "constraint", "function", "view", "table", "column"];

    // What permits or acts: its unexpected presence weakens. An extra constraint or column only adds, and warns.
    private static readonly string[] Openings =
    [
        "role", "membership", "owner", "grant", "setting", "rls", "policy", "trigger", "rule", "function", "view", "table",
        "foreign-key-trigger", "event-trigger", "publication",
    ];

    public static string Describe { get; } = Sql.Read("Database/Manifest/describe.sql");

    public static IReadOnlyList<string> Expected { get; } = Read();

    /// <summary>What differs, the weakening differences first.</summary>
    public static IReadOnlyList<ManifestDifference> Compare(IEnumerable<string> expected, IEnumerable<string> found)
    {
        HashSet<string> wanted = [.. expected];
        HashSet<string> present = [.. found];
        IEnumerable<ManifestDifference> missing = wanted.Except(present)
            .Select(line => new ManifestDifference(line, Missing: true, Guards.Contains(Kind(line))));
        IEnumerable<ManifestDifference> extra = present.Except(wanted)
            .Select(line => new ManifestDifference(line, Missing: false, Openings.Contains(Kind(line)) || Acts(line)));
        return [.. missing.Concat(extra).OrderByDescending(d => d.Weakens).ThenBy(d => d.Line, StringComparer.Ordinal)];
    }

    /// <summary>A foreign key that removes or changes rows by itself, as the tables' owner.</summary>
    private static bool Acts(string line) => Kind(line) == "constraint"
        && (line.Contains(" ON DELETE ", StringComparison.Ordinal) || line.Contains(" ON UPDATE ", StringComparison.Ordinal));

    private static string Kind(string line) => line[..line.IndexOf('|', StringComparison.Ordinal)];

    private static string[] Read()
    {
        using Stream stream = typeof(DatabaseManifest).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
