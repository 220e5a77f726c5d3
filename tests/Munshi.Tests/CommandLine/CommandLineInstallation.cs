using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Database.Cluster;
using Munshi.Tests.Database.Cluster;
using Munshi.Tests.Running;
using Npgsql;

namespace Munshi.Tests.CommandLine;

/// <summary>A migrated installation with one workspace, its cluster kept running for the verbs of a class.</summary>
public sealed class CommandLineInstallation : IAsyncLifetime
{
    private readonly ClusterBench _bench = new();
    private ClusterLease _lease = null!;

    internal string DataDirectory => _bench.DataDirectory;

    internal DatabaseAddress Address => Installation.Address(_lease);

    public async ValueTask InitializeAsync()
    {
        _lease = await _bench.AcquireAsync();
        Assert.Equal((0, ""), await EndAsync("migrate"));
        Assert.Equal((0, ""), await EndAsync("workspace", "create", "shop", "--name", "Aparajita Sarees"));
    }

    /// <summary>Runs a verb on this installation.</summary>
    internal Task<ProgramResult> RunAsync(params string[] arguments) => MunshiProgram.RunAsync([.. arguments, "--data", DataDirectory]);

    internal string PathOf(params string[] parts) => Path.Combine([DataDirectory, .. parts]);

    /// <summary>As PostgreSQL's superuser.</summary>
    internal async Task AsSuperuserAsync(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(Address).OpenAsync(Address.Database, TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // the test's own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What a statement counts, as PostgreSQL's superuser.</summary>
    internal async Task<long> CountAsync(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(Address).OpenAsync(Address.Database, TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // the test's own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _lease.DisposeAsync();
        await _bench.DisposeAsync();
    }

    private async Task<(int ExitCode, string Errors)> EndAsync(params string[] arguments)
    {
        ProgramResult result = await RunAsync(arguments);
        return (result.ExitCode, result.Errors);
    }
}
