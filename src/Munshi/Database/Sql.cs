using System.Reflection;

namespace Munshi.Database;

/// <summary>Statements kept as <c>.sql</c> files beside their callers and embedded under that path.</summary>
internal static class Sql
{
    private static readonly Assembly Assembly = typeof(Sql).Assembly;

    /// <summary>Every embedded statement and migration, as <c>Folder/name.sql</c>, in ordinal order.</summary>
    public static IEnumerable<string> Paths =>
        Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">No such file is embedded.</exception>
    public static string Read(string path)
    {
        using Stream stream = Assembly.GetManifestResourceStream(path)
            ?? throw new ArgumentException($"No embedded statement '{path}'.", nameof(path));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
