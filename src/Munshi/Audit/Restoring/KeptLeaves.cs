using System.Globalization;
using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Ledger.Heads;

namespace Munshi.Audit.Restoring;

/// <summary>The kept leaves that a database does not have. Of two at one place the later is meant.</summary>
internal sealed class KeptLeaves
{
    private readonly Dictionary<Guid, SortedDictionary<long, byte[]>> _rows = [];
    private readonly Dictionary<Guid, long> _signed = []; // the sizes at the last tick
    private readonly Dictionary<Guid, long> _unsigned = []; // where the logs stand that were followed since
    private readonly Dictionary<(Guid? Log, long Seq), string> _twice = [];
    private long _lastTick = -1;
    private bool _isAnotherSigner;

    private KeptLeaves()
    {
    }

    /// <summary>Of workspaces' logs that miss any.</summary>
    public IEnumerable<(Guid Log, SortedDictionary<long, byte[]> Leaves)> Rows => _rows.Where(log => log.Value.Count > 0).Select(log => (log.Key, log.Value));

    /// <summary>Of the instance log.</summary>
    public SortedDictionary<long, byte[]> Ticks { get; } = [];

    /// <summary>How many rows of each log were kept before the tick that was signed last, which covers them; empty where it is not kept.</summary>
    public IReadOnlyDictionary<Guid, long> Signed { get; private set; } = new Dictionary<Guid, long>();

    /// <summary>The first record that is none of a ledger's, with its place; null where there is none.</summary>
    public string? Fault { get; private set; }

    /// <param name="journal">Where they are kept.</param>
    /// <param name="heads">The last row of each log that the database has.</param>
    /// <param name="ticks">How many ticks the database has; <see cref="long.MaxValue"/> where they are not asked for.</param>
    /// <param name="lastSigned">The tick that was signed last.</param>
    public static KeptLeaves Read(LeafJournal journal, IReadOnlyDictionary<Guid, LogHead> heads, long ticks, long lastSigned)
    {
        KeptLeaves kept = new();
        foreach (KeptRecord record in journal.Read())
        {
            byte[] bytes = record.Bytes;
            kept._isAnotherSigner |= record.IsFirst;
            if (TickLeaf.Parse(bytes) is { } tick)
            {
                kept.Put(null, kept.Ticks, tick.Seq, record, ticks);
                kept.Cover(tick.Seq, lastSigned);
            }
            else if (LedgerLeaf.Parse(bytes) is LeafParse.Parsed { Leaf: { } leaf })
            {
                kept.Follow(leaf);
                kept.Put(leaf.Log, kept.Of(leaf.Log), leaf.Seq, record, heads.GetValueOrDefault(leaf.Log, LogHead.BeforeFirst).Seq + 1);
            }
            else if (OriginLeaf.Parse(bytes) is { } renamed)
            {
                kept.Rename(renamed, record, ticks);
            }
            else if (VoidMark.Parse(bytes) is { } mark)
            {
                kept.Void(mark);
            }
            else
            {
                kept.Fault ??= $"{record.Segment}, record at byte {record.Offset.ToString(CultureInfo.InvariantCulture)}: no leaf";
            }
        }

        return kept;
    }

    /// <summary>Where a second leaf is kept that says something else of this place; null where none is.</summary>
    /// <param name="log">The workspace; null for the instance log.</param>
    /// <param name="seq">The row or tick.</param>
    public string? SecondOf(Guid? log, long seq) => _twice.GetValueOrDefault((log, seq));

    /// <summary>A signer that begins reads on from what is signed: what was kept before it, and no tick covers, it keeps again.</summary>
    private void Follow(LedgerLeaf leaf)
    {
        if (_isAnotherSigner)
        {
            _unsigned.Clear();
            _isAnotherSigner = false;
        }

        _unsigned[leaf.Log] = leaf.Seq + 1;
    }

    private void Cover(long tick, long lastSigned)
    {
        if (tick <= _lastTick)
        {
            return; // kept again
        }

        _lastTick = tick;
        foreach ((Guid log, long size) in _unsigned)
        {
            _signed[log] = size;
        }

        _unsigned.Clear();
        if (tick == lastSigned)
        {
            Signed = new Dictionary<Guid, long>(_signed);
        }
    }

    /// <summary>Whoever gave the ledger another name took leave of what was kept before.</summary>
    private void Rename(OriginLeaf renamed, KeptRecord record, long ticks)
    {
        Fault = null;
        RemoveFrom(null, Ticks, renamed.Seq);
        Put(null, Ticks, renamed.Seq, record, ticks);
        _unsigned.Clear();
        _lastTick = renamed.Seq;
        Signed = new Dictionary<Guid, long>();
    }

    private void Void(VoidMark mark)
    {
        RemoveFrom(mark.Log, Of(mark.Log), mark.From);
        _unsigned.Remove(mark.Log);
        if (_signed.TryGetValue(mark.Log, out long size))
        {
            _signed[mark.Log] = Math.Min(size, mark.From);
        }
    }

    private SortedDictionary<long, byte[]> Of(Guid log)
    {
        if (!_rows.TryGetValue(log, out SortedDictionary<long, byte[]>? ofLog))
        {
            _rows.Add(log, ofLog = []);
        }

        return ofLog;
    }

    private void Put(Guid? log, SortedDictionary<long, byte[]> missing, long seq, KeptRecord record, long first)
    {
        if (seq < first)
        {
            return;
        }

        if (missing.TryGetValue(seq, out byte[]? before) && !before.AsSpan().SequenceEqual(record.Bytes))
        {
            _twice[(log, seq)] = $"{record.Segment}, record at byte {record.Offset.ToString(CultureInfo.InvariantCulture)}";
        }

        missing[seq] = record.Bytes;
    }

    private void RemoveFrom(Guid? log, SortedDictionary<long, byte[]> missing, long seq)
    {
        foreach (long voided in missing.Keys.Where(key => key >= seq).ToArray())
        {
            missing.Remove(voided);
            _twice.Remove((log, voided));
        }
    }
}
