using Munshi.CommandLine;
using Npgsql;

namespace Munshi.Database;

/// <summary>Whether the database has exactly this version's migrations.</summary>
internal static class SchemaVersion
{
    /// <exception cref="RefusalException">It has not; the sentence says what to run.</exception>
    public static async Task RequireCurrentAsync(Databases databases, CancellationToken cancellationToken)
    {
        int newest = Migration.All[^1].Number;
        int applied;
        try
        {
            applied = await databases.Reader.RowAsync(
                new Statement("SELECT coalesce(max(number), 0) FROM migration.applied"), reader => reader.GetInt32(0), cancellationToken);
        }
        catch (PostgresException unknown) when (unknown.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new RefusalException(
                "The database was never migrated, or does not know the passwords in secrets/database-roles.json: "
                + "restore the file from a backup, or run ./munshi migrate, which gives the roles these passwords.");
        }
        catch (PostgresException never) when (never.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidSchemaName)
        {
            applied = 0;
        }

        if (applied != newest)
        {
            throw new RefusalException(applied < newest
                ? $"The database is at migration {applied} and this version needs {newest}: run ./munshi migrate first."
                : $"The database is at migration {applied} and this program knows only {newest}: start the newer version.");
        }
    }
}
