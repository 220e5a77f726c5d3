namespace Munshi.Database.Manifest;

/// <summary>Whether the database still carries the promises. Closed means intake only: webhooks are kept, nothing is read, sent or chained.</summary>
internal sealed partial class DatabaseGate(Databases databases, ILogger<DatabaseGate> logger)
{
    private volatile IReadOnlyList<ManifestDifference> _differences = [];
    private volatile bool _checked;

    /// <summary>False until the first check has passed.</summary>
    public bool IsOpen => _checked && !_differences.Any(d => d.Weakens);

    /// <summary>What the last check found; empty when the database is exactly as migrated.</summary>
    public IReadOnlyList<ManifestDifference> Differences => _differences;

    /// <summary>Compares the catalogue with the compiled-in manifest.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> found = await databases.Reader.RowsAsync(
            new Statement(DatabaseManifest.Describe), reader => reader.GetString(0), cancellationToken);
        IReadOnlyList<ManifestDifference> differences = DatabaseManifest.Compare(DatabaseManifest.Expected, found);
        foreach (ManifestDifference difference in differences.Except(_differences))
        {
            if (difference.Weakens)
            {
                Log.Weakened(logger, difference);
            }
            else
            {
                Log.Differs(logger, difference);
            }
        }

        _differences = differences;
        _checked = true;
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Critical, "Intake only: the database no longer carries its promises, {Difference}")]
        public static partial void Weakened(ILogger logger, ManifestDifference difference);

        [LoggerMessage(5002, LogLevel.Warning, "The database differs from this version, {Difference}")]
        public static partial void Differs(ILogger logger, ManifestDifference difference);
    }
}
