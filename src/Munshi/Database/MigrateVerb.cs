using System.CommandLine;
using Munshi.CommandLine;
using Munshi.Database.Cluster;
using Munshi.Database.Manifest;

namespace Munshi.Database;

/// <summary><c>munshi migrate</c>: the only program that changes the schema.</summary>
internal static class MigrateVerb
{
    public static Command Build()
    {
        Option<string> data = VerbOptions.Data();
        Option<bool> describe = new("--describe") { Description = "Print the roles, grants, policies and triggers as they stand afterwards" };
        Command command = new("migrate", "Make or update the database; safe to repeat") { data, describe };
        command.OnRun((parsed, cancellationToken) => RunAsync(new DataDirectory(parsed.GetRequiredValue(data)), parsed.GetValue(describe), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DataDirectory data, bool describe, CancellationToken cancellationToken)
    {
        using ILoggerFactory logging = Installation.Logging();
        await using ClusterLease lease = await Installation.AcquireAsync(data, logging, cancellationToken);
        RoleSecrets secrets = RoleSecrets.LoadOrCreate(data.Secrets);
        Migrator migrator = new(Installation.Address(lease), secrets, TimeProvider.System);
        switch (await migrator.MigrateAsync(cancellationToken))
        {
            case MigrationOutcome.Migrated when describe:
                await using (Databases databases = new(Installation.Address(lease), secrets))
                {
                    foreach (string line in await databases.Reader.RowsAsync(
                        new Statement(DatabaseManifest.Describe), reader => reader.GetString(0), cancellationToken))
                    {
                        Console.WriteLine(line);
                    }
                }

                return 0;
            case MigrationOutcome.Migrated migrated:
                Console.WriteLine(migrated.Count == 0 ? $"The database is current (migration {migrated.Version})." : $"Applied {migrated.Count} migrations; the database is at {migrated.Version}.");
                return 0;
            case MigrationOutcome.Refused refused:
                throw new RefusalException(refused.Sentence);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
