using System.Globalization;
using System.Text;
using Munshi.Audit.Verifying;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Erasures;

/// <summary>The recorded erasures of a log, as verification holds missing keys and records against them. Not safe for concurrent use.</summary>
/// <remarks>Row and leaf are there before the first key is destroyed: whose leaves are noted, and whose rows are read, after the records has those of every key that was missing.</remarks>
internal sealed class RecordedErasures(InstallationDatabase database, Guid log, LedgerFindings findings)
{
    private const string ReadIds = "SELECT id FROM ledger.erasure WHERE client_id = $1";

    private static readonly string ReadAll = Sql.Read("Audit/Erasures/read_erasures.sql");
    private static readonly string ReadSome = Sql.Read("Audit/Erasures/read_some_erasures.sql");
    private static readonly string ReadLeaves = Sql.Read("Audit/Erasures/read_erasure_leaves.sql");

    private readonly Dictionary<string, List<LedgerLeaf>> _leaves = [];
    private readonly HashSet<string> _waiting = [];
    private ErasedEntries _entries = new([]);
    private HashSet<Guid>? _before; // null where only those are looked at of which a noted leaf tells

    /// <summary>Records that are gone and erased.</summary>
    public long Erased { get; private set; }

    /// <summary>Those of them whose event was lost in a recorded restore as well.</summary>
    public long AlsoLost { get; private set; }

    /// <summary>Looks which there are before the log is read: a leaf, or an event that waits for its own, tells of each.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _before = [.. await database.RowsAsync(new Statement(ReadIds).Uuid(log), reader => reader.GetGuid(0), cancellationToken)];

    /// <summary>Takes note of a leaf that tells of an erasure.</summary>
    public void Note(LedgerLeaf leaf)
    {
        if (!_leaves.TryGetValue(leaf.Target, out List<LedgerLeaf>? telling))
        {
            _leaves[leaf.Target] = telling = [];
        }

        telling.Add(leaf);
    }

    /// <summary>Takes note of an event that waits for its leaf.</summary>
    public void NoteWaiting(string action, string target)
    {
        if (action == ErasureRecord.Action)
        {
            _waiting.Add(target);
        }
    }

    /// <summary>Takes note of the leaves from a row on.</summary>
    public async Task NoteFromAsync(long seq, CancellationToken cancellationToken)
    {
        Statement statement = new Statement(ReadLeaves).Uuid(log).Long(seq);
        await foreach (byte[] leaf in database.StreamAsync(statement, reader => Encoding.UTF8.GetBytes(reader.GetString(0)), cancellationToken))
        {
            if (LedgerLeaf.Parse(leaf) is LeafParse.Parsed { Leaf: { Action: ErasureRecord.Action } telling })
            {
                Note(telling);
            }
        }
    }

    /// <summary>Reads what the leaves tell of, and names what is not as an erasure leaves it: that excuses nothing.</summary>
    /// <param name="key">The installation's, under any of the log's names; null where none is known.</param>
    /// <param name="isLost">Whether what a row tells of was lost in a recorded restore.</param>
    /// <param name="cancellationToken">Honoured between rows.</param>
    public async Task ReadAsync(VerifierKey? key, Func<long, bool> isLost, CancellationToken cancellationToken)
    {
        if (_leaves.Count == 0 && _before is not { Count: > 0 })
        {
            return;
        }

        HashSet<string> found = [];
        List<ErasureRecord> records = [];
        Statement statement = _before is null ? new Statement(ReadSome).Uuid(log).Uuids(ToldIds()) : new Statement(ReadAll).Uuid(log);
        await foreach ((Guid id, string? note) in database.StreamAsync(statement, reader => (reader.GetGuid(0), reader.OrNull<string>(1)), cancellationToken))
        {
            string target = $"{ErasureRecord.ObjectKind}:{id:D}";
            found.Add(target);
            if (Open(id, target, note, key) is { } record)
            {
                records.Add(record);
            }
        }

        _entries = Hold(records, await EntryHashes.ReadAsync(database, log, records.Select(record => record.Last), cancellationToken));
        foreach (LedgerLeaf leaf in _leaves.Where(told => !found.Contains(told.Key)).SelectMany(told => told.Value).Where(leaf => !isLost(leaf.Seq)))
        {
            findings.Add(leaf.Seq, FindingKind.Erasure, $"the record of {leaf.Target}", "none");
        }
    }

    /// <summary>Whether an entry's record is erased.</summary>
    public bool Covers(long seq) => _entries.Of(seq) is not null;

    /// <summary>Counts a record that is gone, or whose key is, if that is recorded.</summary>
    /// <param name="seq">Its entry.</param>
    /// <param name="isCommitted">Whether the entry commits to a record; one that does not is excused and not counted.</param>
    /// <param name="isLost">Whether the entry's event was lost in a recorded restore.</param>
    public bool Excuse(long seq, bool isCommitted, bool isLost)
    {
        bool isErased = Covers(seq);
        if (isErased)
        {
            Erased += isCommitted ? 1 : 0;
            AlsoLost += isCommitted && isLost ? 1 : 0;
        }

        return isErased;
    }

    /// <summary>The record in a row, or null, and a finding, where the row is none of this log's.</summary>
    private ErasureRecord? Open(Guid id, string target, string? note, VerifierKey? key)
    {
        ErasureRecord? record = key is null || note is null ? null : ErasureRecord.Open(Encoding.UTF8.GetBytes(note), key);
        string? fault = key is null ? "no key to check it with"
            : record is null ? "no signature of the installation's key"
            : record.Log != log || record.Target != target ? "a signature over another erasure"
            : null;
        bool isTold = _leaves.TryGetValue(target, out List<LedgerLeaf>? telling);
        if (fault is not null)
        {
            findings.Add(telling?[0].Seq, FindingKind.Erasure, $"the record of {target}, signed", fault);
            return null;
        }

        if (!isTold && !_waiting.Contains(target) && _before is not null && _before.Contains(id))
        {
            findings.Add(null, FindingKind.Erasure, $"a leaf for {target}", "none");
        }

        return isTold ? record : null;
    }

    /// <summary>What the leaves tell of and commit to; what they do not is a finding.</summary>
    private ErasedEntries Hold(List<ErasureRecord> records, IReadOnlyDictionary<long, Digest> hashes)
    {
        List<(long Seq, ErasureRecord Record)> told = [];
        foreach ((ErasureRecord record, LedgerLeaf leaf) in records.SelectMany(record => _leaves[record.Target].Select(leaf => (record, leaf))))
        {
            Digest? hash = hashes.TryGetValue(record.Last, out Digest found) ? found : null;
            if (record.IsToldBy(leaf, hash))
            {
                told.Add((leaf.Seq, record));
                continue;
            }

            findings.Add(
                leaf.Seq,
                FindingKind.Erasure,
                $"a leaf that commits to the record of {record.Target}, after its last entry",
                record.Last >= leaf.Seq ? string.Create(CultureInfo.InvariantCulture, $"row {leaf.Seq}, and entry {record.Last} in the record")
                    : record.Hash != hash ? string.Create(CultureInfo.InvariantCulture, $"{hash?.ToString() ?? "no hash"} at entry {record.Last}, and {record.Hash} in the record")
                    : "a leaf that commits to something else");
        }

        return new ErasedEntries(told);
    }

    private Guid[] ToldIds() =>
    [
        .. _leaves.Keys.Select(target => Birth.IdIn(Encoding.ASCII.GetBytes(target[(target.IndexOf(':', StringComparison.Ordinal) + 1)..]))).OfType<Guid>(),
    ];
}
