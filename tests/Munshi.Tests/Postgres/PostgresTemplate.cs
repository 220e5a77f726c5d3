using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Tests.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresTemplate))]

namespace Munshi.Tests.Postgres;

/// <summary>One migrated template database for the whole run, in a private cluster made for it; each test clones it.</summary>
/// <remarks><c>MUNSHI_TEST_SERVER=host:port</c> names a running server to use instead, as its superuser by peer or trust.</remarks>
public sealed class PostgresTemplate : IAsyncLifetime
{
    private readonly SemaphoreSlim _cloning = new(1);
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-").FullName;
    private readonly string _templateName = $"munshi_template_{Environment.ProcessId}";
    private ClusterLease? _lease;
    private string _host = "";
    private int _port;
    private int _clones;

    internal RoleSecrets Secrets { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        Secrets = RoleSecrets.LoadOrCreate(Directory.CreateDirectory(Path.Combine(_directory, "secrets")).FullName);
        Migrator migrator = new(new DatabaseAddress(_host, _port, _templateName), Secrets, TimeProvider.System);
        Assert.IsType<MigrationOutcome.Migrated>(await migrator.MigrateAsync(CancellationToken.None));
    }

    /// <summary>A fresh, migrated, empty database with every role's data source.</summary>
    internal async Task<TestDatabase> CloneAsync()
    {
        string name = $"munshi_test_{Environment.ProcessId}_{Interlocked.Increment(ref _clones)}";
        await _cloning.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {_templateName}");
        }
        finally
        {
            _cloning.Release();
        }

        await ExecuteAsync($"REVOKE ALL ON DATABASE {name} FROM PUBLIC");
        await ExecuteAsync($"GRANT CONNECT ON DATABASE {name} TO munshi_intake, munshi_sorter, munshi_app, munshi_router, munshi_dispatch, munshi_audit, munshi_reader");
        return new TestDatabase(this, new DatabaseAddress(_host, _port, name));
    }

    internal async Task DropAsync(string name) => await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        await DropAsync(_templateName);
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
        _cloning.Dispose();
    }

    private async Task StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MUNSHI_TEST_SERVER")?.Split(':') is [string host, string port])
        {
            (_host, _port) = (host, int.Parse(port, CultureInfo.InvariantCulture));
            return;
        }

        // PostgreSQL's own user must be able to enter it, or the cluster would be kept elsewhere.
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        ManagedCluster cluster = new(_directory, TimeProvider.System, NullLogger<ManagedCluster>.Instance);
        _lease = Assert.IsType<ClusterOutcome.Ready>(await cluster.AcquireAsync(CancellationToken.None)).Lease;
        (_host, _port) = (_lease.Location.SocketDirectory, _lease.Location.Port);
    }

    private async Task ExecuteAsync(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(new DatabaseAddress(_host, _port, "postgres")).OpenAsync("postgres", CancellationToken.None);
#pragma warning disable CA2100 // names made in this class
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
