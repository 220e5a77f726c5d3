using System.Collections.Concurrent;
using Munshi.Database;

namespace Munshi.Channels.Egress;

/// <summary>Counts outbound calls by day, subprocessor and host, and adds them to <c>channel.egress_count</c> every few seconds.</summary>
internal sealed partial class EgressCounts(Databases databases, TimeProvider clock, ILogger<EgressCounts> logger) : BackgroundService
{
    private const string Add =
        """
        INSERT INTO channel.egress_count (day, subprocessor, host, allowed, refused) VALUES (($1 AT TIME ZONE 'UTC')::date, $2, $3, $4, $5)
        ON CONFLICT (day, subprocessor, host) DO UPDATE
        SET allowed = channel.egress_count.allowed + excluded.allowed, refused = channel.egress_count.refused + excluded.refused
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Subprocessor, string Host), (long Allowed, long Refused)> _counts = [];

    public void Allowed(string subprocessor, string host) => Count(subprocessor, host, 1, 0);

    public void Refused(string subprocessor, string host)
    {
        Count(subprocessor, host, 0, 1);
        Log.Refused(logger);
    }

    /// <summary>Writes what was counted since the last time; what could not be written is counted again.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach ((string subprocessor, string host) in _counts.Keys)
        {
            if (!_counts.TryRemove((subprocessor, host), out (long Allowed, long Refused) count))
            {
                continue;
            }

            try
            {
                await databases.App.ExecuteAsync(
                    Guid.Empty,
                    [new Statement(Add).Time(clock.GetUtcNow()).Text(subprocessor).Text(host).Long(count.Allowed).Long(count.Refused)],
                    cancellationToken);
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or OperationCanceledException)
            {
                Count(subprocessor, host, count.Allowed, count.Refused);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Interval, stoppingToken));
            await FlushAsync(CancellationToken.None);
        }
    }

    private void Count(string subprocessor, string host, long allowed, long refused) =>
        _counts.AddOrUpdate((subprocessor, host), (allowed, refused), (_, count) => (count.Allowed + allowed, count.Refused + refused));

    private static partial class Log
    {
        [LoggerMessage(9101, LogLevel.Warning, "An outbound call was refused: its host is not on the list, or resolves to private addresses only")]
        public static partial void Refused(ILogger logger);
    }
}
