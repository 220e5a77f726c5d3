using Munshi.Sandbox.Journal;

namespace Munshi.Sandbox.Control;

/// <summary>What the sandbox sent and received, counted. Safe for concurrent use.</summary>
internal sealed class Tally(JournalFile journal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Counted, long> _counts = [];
    private readonly HashSet<string> _callbackData = new(StringComparer.Ordinal);
    private readonly Pulse _changed = new(clock);
    private long _queued;
    private int? _lastDeliveryStatus;
    private int? _lastGraphStatus;

    public void Count(Counted what)
    {
        lock (_gate)
        {
            Restore(what);
            journal.Append(new JournalLine.Count(what));
        }
    }

    /// <summary>Counts without writing to the journal: the journal told of it.</summary>
    public void Restore(Counted what)
    {
        lock (_gate)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
        }
    }

    public void RecordCallbackData(string callbackData)
    {
        lock (_gate)
        {
            _callbackData.Add(callbackData);
        }
    }

    public void DeliveryQueued() => Interlocked.Increment(ref _queued);

    public void DeliveryEnded()
    {
        Interlocked.Decrement(ref _queued);
        _changed.Send();
    }

    /// <param name="status">Null when the callback could not be reached.</param>
    public void DeliveryAnswered(int? status)
    {
        lock (_gate)
        {
            _lastDeliveryStatus = status;
        }
    }

    public void GraphAnswered(int status)
    {
        lock (_gate)
        {
            _lastGraphStatus = status;
        }
    }

    public Task UntilIdleAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => Interlocked.Read(ref _queued) == 0, atMost, cancellationToken);

    public SandboxState Show(IEnumerable<BusinessNumber> numbers)
    {
        lock (_gate)
        {
            long Of(Counted what) => _counts.GetValueOrDefault(what);
            return new SandboxState(
                Interlocked.Read(ref _queued),
                Of(Counted.Delivered),
                Of(Counted.Retried),
                Of(Counted.Abandoned),
                _lastDeliveryStatus,
                new GraphState(Of(Counted.Accepted), _callbackData.Count, Of(Counted.Refused), Of(Counted.MarkedRead), Of(Counted.Dropped), _lastGraphStatus),
                [.. numbers.Select(BusinessNumberView.Of)]);
        }
    }
}
