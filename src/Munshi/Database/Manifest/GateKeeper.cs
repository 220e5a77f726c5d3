using Npgsql;

namespace Munshi.Database.Manifest;

/// <summary>Compares the database with the manifest again and again, so that a promise weakened while the server runs closes the gate too.</summary>
internal sealed class GateKeeper(DatabaseGate gate) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Interval, stoppingToken));
            try
            {
                await gate.CheckAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
            {
                // The database is away for the moment; the last result stands until it can be asked again.
            }
        }
    }
}
