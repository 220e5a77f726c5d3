using Munshi.Sandbox.Journal;

namespace Munshi.Sandbox.Control;

/// <summary>What the sandbox sent and received, counted. Safe for concurrent use.</summary>
internal sealed class Tally(JournalFile journal, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Counted, long> _counts = [];
    private readonly HashSet<string> _callbackData = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _refusedByCode = [];
    private readonly Pulse _changed = new(clock);
    private long _version;
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

        Changed();
    }

    /// <param name="code">Meta's.</param>
    public void CountRefused(int code)
    {
        lock (_gate)
        {
            _refusedByCode[code] = _refusedByCode.GetValueOrDefault(code) + 1;
        }

        Count(Counted.Refused);
    }

    public void FaultsChanged() => Changed();

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

    public void DeliveryQueued()
    {
        Interlocked.Increment(ref _queued);
        Changed();
    }

    public void DeliveryEnded()
    {
        Interlocked.Decrement(ref _queued);
        Changed();
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

    public Task UntilChangedAsync(long version, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => Interlocked.Read(ref _version) > version, atMost, cancellationToken);

    public SandboxState Show(IEnumerable<BusinessNumber> numbers)
    {
        lock (_gate)
        {
            long Of(Counted what) => _counts.GetValueOrDefault(what);
            return new SandboxState(
                Interlocked.Read(ref _version),
                Interlocked.Read(ref _queued),
                Of(Counted.Delivered),
                Of(Counted.Retried),
                Of(Counted.Abandoned),
                _lastDeliveryStatus,
                Of(Counted.Sent),
                Of(Counted.Updated),
                Of(Counted.Duplicated),
                Of(Counted.Reordered),
                Of(Counted.StatusLost),
                new GraphState(
                    Of(Counted.Accepted),
                    _callbackData.Count,
                    Of(Counted.Refused),
                    Of(Counted.MarkedRead),
                    Of(Counted.Uploaded),
                    Of(Counted.Dropped),
                    _lastGraphStatus,
                    Of(Counted.Failed),
                    new Dictionary<int, long>(_refusedByCode)),
                [.. numbers.Select(BusinessNumberView.Of)]);
        }
    }

    private void Changed()
    {
        Interlocked.Increment(ref _version);
        _changed.Send();
    }
}
