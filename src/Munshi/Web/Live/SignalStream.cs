namespace Munshi.Web.Live;

/// <summary>What one open page has still to be told: names of things that changed, each once. Safe for concurrent use.</summary>
/// <param name="clientId">The workspace it may hear of.</param>
/// <param name="sessionId">The session it ends with.</param>
internal sealed class SignalStream(Guid clientId, Guid sessionId) : IDisposable
{
    /// <summary>Says that the page is to fetch everything anew.</summary>
    public const string Resync = "resync";

    /// <summary>A page that falls behind by more than so many signals is told <see cref="Resync"/> in their place.</summary>
    private const int MostPending = 256;

    private readonly Lock _gate = new();
    private readonly List<string> _pending = [];
    private readonly SemaphoreSlim _ready = new(0);
    private readonly CancellationTokenSource _ended = new();

    public Guid ClientId { get; } = clientId;

    public Guid SessionId { get; } = sessionId;

    public CancellationToken Ended => _ended.Token;

    /// <summary>Never waits.</summary>
    public void Offer(string signal)
    {
        lock (_gate)
        {
            if (_pending.Contains(signal) || _pending is [Resync])
            {
                return;
            }

            if (_pending.Count >= MostPending)
            {
                _pending.Clear();
                signal = Resync;
            }

            _pending.Add(signal);
            if (_ready.CurrentCount == 0)
            {
                _ready.Release();
            }
        }
    }

    /// <summary>What is pending, as soon as there is something; nothing when the time is over.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await _ready.WaitAsync(patience, cancellationToken);
        lock (_gate)
        {
            string[] taken = [.. _pending];
            _pending.Clear();
            return taken;
        }
    }

    public void End() => _ = _ended.CancelAsync(); // its readers go on elsewhere

    public void Dispose()
    {
        _ready.Dispose();
        _ended.Dispose();
    }
}
