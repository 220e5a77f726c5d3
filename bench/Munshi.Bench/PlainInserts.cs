using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Munshi.Bench;

/// <summary><c>pgbench</c> in a database of its own on the same cluster.</summary>
internal sealed partial class PlainInserts
{
    private const string DatabaseName = "bench";

    private readonly RunningMunshi _munshi;
    private readonly string _directory;

    private PlainInserts(RunningMunshi munshi, string directory)
    {
        _munshi = munshi;
        _directory = directory;
    }

    public static async Task<PlainInserts> CreateAsync(RunningMunshi munshi, string directory, string schemaFile, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken))
        await using (NpgsqlCommand create = new("CREATE DATABASE bench", admin))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await Programs.ReadAsync(
            Programs.Of("psql"),
            "--host", munshi.Database.Host, "--port", munshi.Database.Port.ToString(CultureInfo.InvariantCulture), "--username", "postgres", "--dbname", DatabaseName,
            "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", schemaFile);
        return new PlainInserts(munshi, directory);
    }

    /// <summary>Transactions a second.</summary>
    /// <param name="script">What each transaction runs.</param>
    /// <param name="protocol">simple or prepared.</param>
    /// <param name="clients">At once.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="cancellationToken">Honoured before it starts.</param>
    /// <param name="variables">name=value, for the script.</param>
    public async Task<double> RunAsync(string script, string protocol, int clients, int seconds, CancellationToken cancellationToken, params string[] variables)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string file = Path.Combine(_directory, "pgbench.sql");
        await File.WriteAllTextAsync(file, script, cancellationToken);
        string output = await Programs.ReadAsync(
            Programs.Pgbench,
            [
                "--host", _munshi.Database.Host, "--port", _munshi.Database.Port.ToString(CultureInfo.InvariantCulture), "--username", "postgres",
                "--no-vacuum", "--client", $"{clients}", "--jobs", "2", "--time", $"{seconds}", "--protocol", protocol, "--file", file,
                .. variables.Select(variable => $"--define={variable}"), DatabaseName,
            ]);
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = ([0-9.]+) \(without")]
    private static partial Regex Rate();
}
