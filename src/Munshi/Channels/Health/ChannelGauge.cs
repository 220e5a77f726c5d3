using System.Collections.Concurrent;
using Munshi.Channels.Sending;

namespace Munshi.Channels.Health;

/// <summary>How a workspace's channels stand, for the bar of every page; at most some seconds old.</summary>
internal sealed class ChannelGauge(NumberHealths healths, NumberStops stops, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, (HealthTone Tone, long At)> _last = [];

    public async ValueTask<HealthTone> ToneAsync(Guid clientId, CancellationToken cancellationToken)
    {
        if (_last.TryGetValue(clientId, out (HealthTone Tone, long At) last) && clock.GetElapsedTime(last.At) < Fresh)
        {
            return last.Tone;
        }

        DateTimeOffset now = clock.GetUtcNow();
        HealthTone tone = (await stops.ListAsync(clientId, cancellationToken)).Count > 0
            ? HealthTone.Bad
            : HealthJudge.Worst((await healths.ListAsync(clientId, cancellationToken)).SelectMany(health => HealthJudge.Judge(health, now)));
        _last[clientId] = (tone, clock.GetTimestamp());
        return tone;
    }

    /// <summary>The next page asks anew.</summary>
    public void Forget(Guid clientId) => _last.TryRemove(clientId, out _);
}
