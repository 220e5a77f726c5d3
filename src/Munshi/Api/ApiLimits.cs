using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Munshi.Api;

/// <summary>How often may be called: with one key, and without a usable one from one address. Counted in this process, by the minute.</summary>
internal sealed class ApiLimits(IOptions<ApiOptions> options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Guid> _calls = Limiter<Guid>(options.Value.CallsPerMinute);
    private readonly PartitionedRateLimiter<string> _failures = Limiter<string>(options.Value.FailuresPerMinute);

    /// <summary>Counts a call with a key.</summary>
    /// <returns>After how long to call again; null where the call may go on.</returns>
    public TimeSpan? Take(Guid keyId) => Wait(_calls, keyId, permits: 1);

    /// <summary>Counts a call without a usable key.</summary>
    public void Fail(string address) => Wait(_failures, address, permits: 1);

    /// <summary>Whether the address has failed too often, without counting.</summary>
    /// <returns>After how long to call again; null where it is listened to.</returns>
    public TimeSpan? Refuses(string address) => Wait(_failures, address, permits: 0);

    public void Dispose()
    {
        _calls.Dispose();
        _failures.Dispose();
    }

    private static PartitionedRateLimiter<T> Limiter<T>(int permits)
        where T : notnull => PartitionedRateLimiter.Create<T, T>(
            key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }));

    private static TimeSpan? Wait<T>(PartitionedRateLimiter<T> limiter, T key, int permits)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(key, permits);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? wait : Window;
    }
}
