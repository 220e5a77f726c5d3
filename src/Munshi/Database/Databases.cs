using Npgsql;

namespace Munshi.Database;

/// <summary>One data source a role; the data sources themselves never leave this class.</summary>
internal sealed class Databases : IAsyncDisposable
{
    /// <summary>
    /// Everything that is asked of one workspace has its index. A policy is judged row by row, which the planner takes for cheap: on small tables, and on
    /// those that have grown since it counted them, it would read all rows.
    /// </summary>
    private const string ByIndex = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private readonly Dictionary<DatabaseRole, NpgsqlDataSource> _sources = [];
    private readonly Dictionary<DatabaseRole, NpgsqlDataSource> _sessions = [];

    /// <param name="address">Where they are.</param>
    /// <param name="secrets">Each role's.</param>
    /// <param name="isLowered">Whether what the database does for this process gives way; null as the process does.</param>
    public Databases(DatabaseAddress address, RoleSecrets secrets, bool? isLowered = null)
    {
        foreach (DatabaseRole role in Enum.GetValues<DatabaseRole>())
        {
            _sources[role] = Build(address, role, secrets[role], pooled: true, isLowered ?? BackendPriority.IsLowered);
            _sessions[role] = Build(address, role, secrets[role], pooled: false, isLowered ?? BackendPriority.IsLowered);
        }

        App = new WorkspaceDatabase(_sources[DatabaseRole.App]);
    }

    public WorkspaceDatabase App { get; }

    public InstallationDatabase Intake => For(DatabaseRole.Intake);

    public InstallationDatabase Sorter => For(DatabaseRole.Sorter);

    public InstallationDatabase Router => For(DatabaseRole.Router);

    public InstallationDatabase Dispatch => For(DatabaseRole.Dispatch);

    public InstallationDatabase Audit => For(DatabaseRole.Audit);

    public InstallationDatabase Reader => For(DatabaseRole.Reader);

    public async ValueTask DisposeAsync()
    {
        foreach (NpgsqlDataSource source in _sources.Values.Concat(_sessions.Values))
        {
            await source.DisposeAsync();
        }
    }

    private InstallationDatabase For(DatabaseRole role) => new(_sources[role], _sessions[role]);

    private static NpgsqlDataSource Build(DatabaseAddress address, DatabaseRole role, string password, bool pooled, bool isLowered)
    {
        NpgsqlConnectionStringBuilder connection = new()
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = role.Name(),
            Password = password,
            ApplicationName = role.Name(),
            Pooling = pooled,
            MaxPoolSize = role == DatabaseRole.App ? 40 : 6,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Timeout = 5,
            CommandTimeout = 30,
            NoResetOnClose = true, // whatever a pooled connection sets ends with its transaction
            Options = role == DatabaseRole.App ? ByIndex : "",
            IncludeErrorDetail = false,
            LogParameters = false,
        };
        NpgsqlDataSourceBuilder builder = new(connection.ConnectionString);
        if (isLowered && Path.IsPathRooted(address.Host)) // a socket: the backend is of this machine
        {
            builder.UsePhysicalConnectionInitializer(BackendPriority.Lower, opened =>
            {
                BackendPriority.Lower(opened);
                return Task.CompletedTask;
            });
        }

        return builder.Build();
    }
}
