using System.Globalization;

namespace Munshi.Database.Cluster;

/// <summary>The text of the configuration files that Munshi owns inside the cluster. All are written again at each start.</summary>
internal static class ServerSettings
{
    public const string FileName = "munshi.conf";

    /// <summary>Stands last in <c>postgresql.conf</c>, so that it wins there.</summary>
    public const string Include = $"include = '{FileName}'";

    private const long Megabyte = 1024 * 1024;

    /// <summary>A quarter of the memory, 128 MB to 8 GB.</summary>
    /// <remarks>PostgreSQL 15, 20.4.1: 25 % is where to begin. What is here the kernel does not take back, as it does its page cache. A page is taken only when it is first used.</remarks>
    public static long SharedBuffersMegabytes(long memoryBytes) => Math.Clamp(memoryBytes / 4 / Megabyte, 128, 8192);

    /// <param name="socket">Where to listen.</param>
    /// <param name="logDirectory">Outside the cluster: logs are not part of a backup.</param>
    /// <param name="walCompression">zstd, lz4 or pglz, whichever these programs were built with.</param>
    /// <param name="memoryBytes">Of the machine or its control group.</param>
    /// <remarks>
    /// No statement, parameter or DETAIL line reaches a log: they would carry customers' words and keys. Log files end at 10 MB or at
    /// midnight UTC; <see cref="ServerLog"/> keeps the newest of them (PostgreSQL itself bounds no number).
    /// </remarks>
    public static string Settings(SocketDirectory socket, string logDirectory, string walCompression, long memoryBytes) =>
        string.Create(CultureInfo.InvariantCulture, $"""
        # Written by Munshi at each start; changes made here are lost. Your own go into postgresql.conf, before the include.

        # One Unix socket, no TCP.
        listen_addresses = ''
        port = {SocketDirectory.Port}
        unix_socket_directories = {Quote(socket.Path)}
        unix_socket_permissions = {socket.SocketPermissions}
        max_connections = 200
        password_encryption = 'scram-sha-256'

        # Durable.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        wal_level = replica
        wal_compression = {walCompression}
        max_wal_size = '4GB'
        max_wal_senders = 6
        max_replication_slots = 6
        max_prepared_transactions = 0

        # Quick, and never held up by one session.
        jit = off
        max_parallel_workers_per_gather = 0
        shared_buffers = '{SharedBuffersMegabytes(memoryBytes)}MB'
        idle_in_transaction_session_timeout = '5s'
        autovacuum = on
        autovacuum_naptime = '20s'
        autovacuum_vacuum_scale_factor = 0.1
        autovacuum_analyze_scale_factor = 0.05

        # What is logged names no person.
        logging_collector = on
        log_destination = 'stderr'
        log_directory = {Quote(logDirectory)}
        log_filename = '{ServerLog.FileNameFormat}'
        log_file_mode = 0600
        log_rotation_age = '1d'
        log_rotation_size = '10MB'
        log_line_prefix = '%m [%p] %q%u@%d '
        log_error_verbosity = terse
        log_statement = none
        log_min_error_statement = panic
        log_min_duration_statement = -1
        log_min_duration_sample = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0
        log_connections = off
        log_disconnections = off
        lc_messages = 'C'
        timezone = 'UTC'
        log_timezone = 'UTC'

        """);

    /// <summary>The order counts: the first line that fits a connection decides.</summary>
    public const string HostAccess = """
        # Written by Munshi at each start; changes made here are lost.
        # type  database     user      method
        local   all          postgres  peer map=munshi
        local   replication  all       reject
        local   all          all       scram-sha-256

        """;

    /// <summary>Operating-system users who may connect as <c>postgres</c> without a password.</summary>
    public static string IdentityMap(string serviceUser)
    {
        IEnumerable<string> lines = new[] { "root", "postgres", serviceUser }
            .Distinct()
            .Where(user => !user.Contains('"', StringComparison.Ordinal) && !user.StartsWith('/'))
            .Select(user => $"munshi  \"{user}\"  postgres\n");
        return "# Written by Munshi at each start; changes made here are lost.\n" + string.Concat(lines);
    }

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
