using Npgsql;

namespace Munshi.Database.Manifest;

/// <summary>Whether the database still carries the promises, and its past is the one that was signed. Closed means intake only: webhooks are kept, nothing is read, sent or chained.</summary>
/// <param name="databases">What is looked at.</param>
/// <param name="logger">Tells each difference once.</param>
/// <param name="conditions">What else must hold before anything is read, sent or chained.</param>
internal sealed partial class DatabaseGate(Databases databases, ILogger<DatabaseGate> logger, IEnumerable<IGateCondition>? conditions = null)
{
    private readonly IGateCondition[] _conditions = [.. conditions ?? []];
    private volatile IReadOnlyList<ManifestDifference> _differences = [];
    private volatile bool _carriesPromises;
    private volatile bool _checked;

    /// <summary>False until the first check has passed, and while a condition holds it back.</summary>
    public bool IsOpen => _checked && !_differences.Any(d => d.Weakens) && !Array.Exists(_conditions, condition => condition.HoldsBack);

    /// <summary>Whether roles, grants, policies and triggers are as migrated, whatever the conditions say.</summary>
    public bool CarriesPromises => _checked && _carriesPromises;

    /// <summary>What the last check found; empty when the database is exactly as migrated.</summary>
    public IReadOnlyList<ManifestDifference> Differences => _differences;

    /// <summary>Compares the catalogue with the compiled-in manifest.</summary>
    /// <exception cref="NpgsqlException">The database is away; the last result stands until it can be asked again.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ManifestDifference> differences;
        bool carriesPromises = false;
        try
        {
            IReadOnlyList<string> found = await databases.Reader.RowsAsync(
                new Statement(DatabaseManifest.Describe), reader => reader.GetString(0), cancellationToken);
            IReadOnlyList<ManifestDifference> ofManifest = DatabaseManifest.Compare(DatabaseManifest.Expected, found);
            carriesPromises = !ofManifest.Any(d => d.Weakens);
            differences = [.. ofManifest, .. await BrokenConditionsAsync(cancellationToken)];
        }
        catch (PostgresException refusal) when (IsRefusal(refusal.SqlState))
        {
            // A database that is there but will not be looked at is not known to carry its promises.
            differences = [new ManifestDifference($"comparison|{DatabaseRole.Reader.Name()}|refused with {refusal.SqlState}", Missing: false, Weakens: true)];
        }

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
        _carriesPromises = carriesPromises;
        _checked = true;
    }

    private async Task<IReadOnlyList<ManifestDifference>> BrokenConditionsAsync(CancellationToken cancellationToken)
    {
        List<ManifestDifference> broken = [];
        foreach (IGateCondition condition in _conditions)
        {
            if (await condition.RefusalAsync(cancellationToken) is { } refusal)
            {
                broken.Add(new ManifestDifference($"{condition.Name}|{refusal}", Missing: false, Weakens: true));
            }
        }

        return broken;
    }

    /// <summary>SQLSTATE classes 28 (who logs in), 3D (the database's name) and 42 (rights and names).</summary>
    private static bool IsRefusal(string state) =>
        state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("3D", StringComparison.Ordinal) || state.StartsWith("42", StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Critical, "Intake only: the database no longer carries its promises, {Difference}")]
        public static partial void Weakened(ILogger logger, ManifestDifference difference);

        [LoggerMessage(5002, LogLevel.Warning, "The database differs from this version, {Difference}")]
        public static partial void Differs(ILogger logger, ManifestDifference difference);
    }
}
