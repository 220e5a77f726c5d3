using System.Globalization;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;

namespace Munshi.Verifier;

/// <summary><c>erasures.jsonl</c>: what the entries that tell of an erasure commit to. Safe for concurrent use once read.</summary>
internal sealed class ErasureList
{
    private const string File = ExportDirectory.Erasures;

    private readonly Findings _findings;
    private readonly SignedLog _signed;
    private readonly EntryLeaves _last;
    private readonly Dictionary<long, ErasureRecord> _records = [];
    private readonly List<Erasure> _erasures = [];
    private readonly ErasedEntries _entries;

    /// <summary>Reads the list and holds each line against the log's key and its entry; what is not so is a finding, and excuses nothing.</summary>
    /// <param name="export">The export.</param>
    /// <param name="findings">Gets them.</param>
    /// <param name="signed">Its log.</param>
    public ErasureList(ExportDirectory export, Findings findings, SignedLog signed)
    {
        (_findings, _signed) = (findings, signed);
        EntryLeaves leaves = new(export, signed.Checkpoint.Size);
        _last = new EntryLeaves(export, signed.Checkpoint.Size);
        ReadOnlySpan<byte> rest = export.ReadErasures(signed.Checkpoint.Size);
        long last = -1;
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0 || ErasureLine.Parse(rest[..end]) is not { } line || line.Seq <= last)
            {
                findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: an entry above the one before and what it commits to"), "another content");
                break;
            }

            if (line.Seq >= signed.Checkpoint.Size)
            {
                findings.Add(File, line.Seq, FindingKind.RecordExtra, string.Create(CultureInfo.InvariantCulture, $"an entry below {signed.Checkpoint.Size}"), "one above");
            }
            else if (leaves.At(line.Seq) is { } entry)
            {
                Judge(line, entry);
            }

            last = line.Seq;
            rest = rest[(end + 1)..];
        }

        _entries = new ErasedEntries([.. _records.Select(told => (told.Key, told.Value))]);
    }

    /// <summary>The erasures that the log's key signed and an entry tells of.</summary>
    public IReadOnlyList<Erasure> Erasures => _erasures;

    /// <summary>Whether the entry tells of an erasure, and stands for itself.</summary>
    public bool Tells(long seq) => _records.ContainsKey(seq);

    /// <summary>Whether the erasure of which an entry tells names another.</summary>
    /// <param name="erasure">The entry that tells.</param>
    /// <param name="seq">The other one.</param>
    public bool Covers(long erasure, long seq) => _records.TryGetValue(erasure, out ErasureRecord? record) && record.Covers(seq);

    /// <summary>Whether any of them names an entry.</summary>
    public bool Covers(long seq) => _entries.Of(seq) is not null;

    private void Judge(ErasureLine line, byte[] entry)
    {
        if (LedgerLeaf.Parse(entry) is not LeafParse.Parsed { Leaf: { Action: ErasureRecord.Action } leaf })
        {
            _findings.Add(File, line.Seq, FindingKind.Erasure, $"an entry {ErasureRecord.Action}", "another");
        }
        else if (_signed.Key is not { } key || ErasureRecord.Open(line.Note, key) is not { } record)
        {
            _findings.Add(File, line.Seq, FindingKind.Erasure, "a munshi-erasure/1 that the log's key signed", "something else");
        }
        else if (record.Log != _signed.Log || leaf.Seq != line.Seq || !record.IsToldBy(leaf, HashBefore(leaf.Seq, record.Last)))
        {
            _findings.Add(File, line.Seq, FindingKind.Erasure, $"what the entry commits to, {leaf.Commitment}, of this log and case and of entries before it, the last with the hash that it has here", "something else");
        }
        else
        {
            _records[line.Seq] = record;
            _erasures.Add(new Erasure(line.Seq, leaf.Time, record.Case, record.Entries.Sum(range => range.Last + 1 - range.First)));
        }
    }

    private Digest? HashBefore(long seq, long entry) => entry < seq && _last.At(entry) is { } leaf ? LedgerLeaf.RowHash(leaf) : null;
}
