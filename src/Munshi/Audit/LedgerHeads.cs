namespace Munshi.Audit;

/// <summary>The heads that are committed in the database and not yet in the heads file. Safe for concurrent use.</summary>
internal sealed class LedgerHeads
{
    private readonly Lock _lock = new();
    private Dictionary<Guid, LogHead> _unrecorded = [];

    /// <summary>Whether the heads recorded before are gone, which is to be marked with the next ones.</summary>
    public bool AfterLoss { get; set; }

    /// <summary>To be called once the row is durable.</summary>
    public void Publish(Guid log, LogHead head)
    {
        lock (_lock)
        {
            _unrecorded[log] = head;
        }
    }

    public IReadOnlyDictionary<Guid, LogHead> Take()
    {
        lock (_lock)
        {
            Dictionary<Guid, LogHead> taken = _unrecorded;
            _unrecorded = [];
            return taken;
        }
    }

    /// <summary>Gives back what could not be recorded; a newer head of the same log stays.</summary>
    public void PutBack(IReadOnlyDictionary<Guid, LogHead> taken)
    {
        lock (_lock)
        {
            foreach ((Guid log, LogHead head) in taken)
            {
                _unrecorded.TryAdd(log, head);
            }
        }
    }
}
