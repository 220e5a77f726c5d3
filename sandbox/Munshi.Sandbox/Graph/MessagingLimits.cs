namespace Munshi.Sandbox.Graph;

/// <summary>Meta's limits of a number in ordinary use. Safe for concurrent use.</summary>
/// <remarks>
/// To one recipient a message every 6 s, up to 45 of them ahead of time; 80 messages a second in all.
/// A refused call uses up nothing.
/// </remarks>
internal sealed class MessagingLimits(TimeProvider clock)
{
    private const int PairBurst = 45;
    private const int PerSecond = 80;

    private static readonly TimeSpan PairInterval = TimeSpan.FromSeconds(6);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string PhoneNumberId, string Recipient), DateTimeOffset> _pairFreeAt = [];
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _seconds = [];

    /// <summary>The error for this message; null when it is within the limits, and counted.</summary>
    public GraphError? Exceeded(string phoneNumberId, string recipient)
    {
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            (DateTimeOffset since, int count) = _seconds.GetValueOrDefault(phoneNumberId);
            if (now - since >= TimeSpan.FromSeconds(1))
            {
                (since, count) = (now, 0);
            }

            if (count == PerSecond)
            {
                return GraphError.ThroughputAsDocumented;
            }

            DateTimeOffset freeAt = _pairFreeAt.GetValueOrDefault((phoneNumberId, recipient));
            freeAt = (freeAt > now ? freeAt : now) + PairInterval;
            if (freeAt - now > PairInterval * PairBurst)
            {
                return GraphError.PairRate;
            }

            _pairFreeAt[(phoneNumberId, recipient)] = freeAt;
            _seconds[phoneNumberId] = (since, count + 1);
            return null;
        }
    }
}
