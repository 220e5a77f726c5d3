using Munshi.Ledger.Erasures;

namespace Munshi.Audit.Erasures;

/// <summary>Which entries' records are erased, and which leaf says so. Not safe for concurrent use.</summary>
internal sealed class ErasedEntries
{
    private readonly List<(long Seq, ErasureRecord Record)> _told = [];

    /// <param name="seq">The leaf that tells of it.</param>
    /// <param name="record">Signed, and told by that leaf.</param>
    public void Add(long seq, ErasureRecord record) => _told.Add((seq, record));

    /// <summary>The leaf that was added first of those that name an entry; null where none does.</summary>
    public long? Of(long entry)
    {
        foreach ((long seq, ErasureRecord record) in _told)
        {
            if (record.Covers(entry))
            {
                return seq;
            }
        }

        return null;
    }
}
