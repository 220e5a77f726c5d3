using Npgsql;

namespace Munshi.Database;

/// <summary>The superuser's way in, over the private socket by peer authentication. Migrations use it, nothing else.</summary>
internal sealed class AdminDatabase(DatabaseAddress address)
{
    public const string Superuser = "postgres";

    public async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = address.Host,
            Port = address.Port,
            Database = database,
            Username = Superuser,
            ApplicationName = "munshi_migrate",
            Pooling = false,
            Timeout = 5,
            CommandTimeout = 0,
        };
        NpgsqlConnection connection = new(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
