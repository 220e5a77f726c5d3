using Npgsql;

namespace Munshi.Bench.Load;

/// <summary>From the acknowledgement until the message stood in its conversation, by the database's own times.</summary>
internal static class VisibleTime
{
    private const string Slowest =
        """
        SELECT extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY settled_at - received_at)) * 1000
        FROM intake.update WHERE received_at >= $1 AND state = 'stored'
        """;

    /// <summary>The 99th percentile in milliseconds of what was acknowledged since.</summary>
    public static async Task<double> P99Async(RunningMunshi munshi, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new(Slowest, admin) { Parameters = { new() { Value = since.UtcDateTime } } };
        return (double)(decimal)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }
}
