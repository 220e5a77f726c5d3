using Munshi.Database;
using Munshi.Tests.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresTemplate))]

namespace Munshi.Tests.Postgres;

/// <summary>One migrated template database for the whole run; each test clones it (<c>CREATE DATABASE … TEMPLATE …</c>).</summary>
public sealed class PostgresTemplate : IAsyncLifetime
{
    private const string TemplateName = "munshi_template";

    private readonly SemaphoreSlim _cloning = new(1);
    private readonly string _secrets = Directory.CreateTempSubdirectory("munshi-test-secrets-").FullName;
    private string _host = "";
    private int _port;
    private int _clones;

    internal RoleSecrets Secrets { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string[] server = (Environment.GetEnvironmentVariable("MUNSHI_TEST_SERVER")
            ?? throw new InvalidOperationException("Set MUNSHI_TEST_SERVER=host:port")).Split(':');
        (_host, _port) = (server[0], int.Parse(server[1], System.Globalization.CultureInfo.InvariantCulture));
        Secrets = RoleSecrets.LoadOrCreate(_secrets);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {TemplateName} WITH (FORCE)");
        Migrator migrator = new(new DatabaseAddress(_host, _port, TemplateName), Secrets, TimeProvider.System);
        Assert.IsType<MigrationOutcome.Migrated>(await migrator.MigrateAsync(CancellationToken.None));
    }

    /// <summary>A fresh, migrated, empty database with every role's data source.</summary>
    internal async Task<TestDatabase> CloneAsync()
    {
        string name = $"munshi_test_{Environment.ProcessId}_{Interlocked.Increment(ref _clones)}";
        await _cloning.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {TemplateName}");
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

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_secrets, recursive: true);
        _cloning.Dispose();
        return ValueTask.CompletedTask;
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
