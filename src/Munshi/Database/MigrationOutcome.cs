namespace Munshi.Database;

/// <summary>How applying the migrations ended.</summary>
internal abstract record MigrationOutcome
{
    private MigrationOutcome() { }

    /// <param name="Count">Migrations applied now; 0 when the schema was current.</param>
    /// <param name="Version">The number of the newest migration in the database.</param>
    internal sealed record Migrated(int Count, int Version) : MigrationOutcome;

    /// <param name="Sentence">What is wrong and what to do, for a person.</param>
    internal sealed record Refused(string Sentence) : MigrationOutcome;
}
