using Npgsql;

namespace Munshi.Bench.Load;

/// <summary>Looks every two seconds at what was acknowledged and is not in its conversation yet, and at the server's memory.</summary>
internal sealed class Waiting : IAsyncDisposable
{
    private const string Unsettled =
        "SELECT (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL) + (SELECT count(*) FROM intake.update WHERE state = 'pending')";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly List<long> _waiting = [];
    private readonly List<double> _megabytes = [];
    private readonly Task _looking;

    private Waiting(NpgsqlConnection admin, int serverId) => _looking = LookAsync(admin, serverId);

    /// <summary>Updates that waited, at most.</summary>
    public long Most => _waiting.DefaultIfEmpty().Max();

    /// <summary>The server's resident memory over the second half of the time, over that of its first half's end: 1 is flat.</summary>
    public double Growth => _megabytes.Count < 8 ? double.NaN : Samples.Median(_megabytes[^(_megabytes.Count / 8)..]) / Samples.Median(_megabytes[(_megabytes.Count * 3 / 8)..(_megabytes.Count / 2)]);

    /// <summary>The most resident memory, in MB.</summary>
    public double MostMegabytes => _megabytes.DefaultIfEmpty(double.NaN).Max();

    public static async Task<Waiting> BeginAsync(RunningMunshi munshi, CancellationToken cancellationToken) =>
        new(await munshi.AdminAsync("munshi", cancellationToken), munshi.ServerId);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        _end.Dispose();
    }

    private async Task LookAsync(NpgsqlConnection admin, int serverId)
    {
        await using NpgsqlConnection disposed = admin;
        await using NpgsqlCommand look = new(Unsettled, admin);
        try
        {
            while (!_end.IsCancellationRequested)
            {
                _waiting.Add((long)(await look.ExecuteScalarAsync(_end.Token))!);
                string resident = File.ReadLines($"/proc/{serverId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
                _megabytes.Add(long.Parse(resident["VmRSS:".Length..^"kB".Length], System.Globalization.CultureInfo.InvariantCulture) / 1024.0);
                await Task.Delay(Interval, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended.
        }
    }
}
