using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Ledger.Heads;

namespace Munshi.Audit.Restoring;

/// <summary>The kept leaves that a database does not have. Of two at one place the later is meant.</summary>
internal sealed class KeptLeaves
{
    private readonly Dictionary<Guid, SortedDictionary<long, byte[]>> _rows = [];

    private KeptLeaves()
    {
    }

    /// <summary>Of workspaces' logs that miss any.</summary>
    public IEnumerable<(Guid Log, SortedDictionary<long, byte[]> Leaves)> Rows => _rows.Where(log => log.Value.Count > 0).Select(log => (log.Key, log.Value));

    /// <summary>Of the instance log.</summary>
    public SortedDictionary<long, byte[]> Ticks { get; } = [];

    /// <param name="journal">Where they are kept.</param>
    /// <param name="heads">The last row of each log that the database has.</param>
    /// <param name="ticks">How many ticks the database has; <see cref="long.MaxValue"/> where they are not asked for.</param>
    public static KeptLeaves Read(LeafJournal journal, IReadOnlyDictionary<Guid, LogHead> heads, long ticks)
    {
        KeptLeaves kept = new();
        foreach (byte[] bytes in journal.Read())
        {
            if (TickLeaf.Parse(bytes) is { } tick)
            {
                Put(kept.Ticks, tick.Seq, bytes, ticks);
            }
            else if (LedgerLeaf.Parse(bytes) is LeafParse.Parsed { Leaf: { } leaf })
            {
                Put(kept.Of(leaf.Log), leaf.Seq, bytes, heads.GetValueOrDefault(leaf.Log, LogHead.BeforeFirst).Seq + 1);
            }
            else if (OriginLeaf.Parse(bytes) is { } renamed)
            {
                RemoveFrom(kept.Ticks, renamed.Seq);
                Put(kept.Ticks, renamed.Seq, bytes, ticks);
            }
            else if (VoidMark.Parse(bytes) is { } mark)
            {
                RemoveFrom(kept.Of(mark.Log), mark.From);
            }
        }

        return kept;
    }

    private SortedDictionary<long, byte[]> Of(Guid log)
    {
        if (!_rows.TryGetValue(log, out SortedDictionary<long, byte[]>? ofLog))
        {
            _rows.Add(log, ofLog = []);
        }

        return ofLog;
    }

    private static void Put(SortedDictionary<long, byte[]> missing, long seq, byte[] leaf, long first)
    {
        if (seq >= first)
        {
            missing[seq] = leaf;
        }
    }

    private static void RemoveFrom(SortedDictionary<long, byte[]> missing, long seq)
    {
        foreach (long voided in missing.Keys.Where(key => key >= seq).ToArray())
        {
            missing.Remove(voided);
        }
    }
}
