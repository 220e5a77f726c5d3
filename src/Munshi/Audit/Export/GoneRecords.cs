using System.Globalization;
using System.Text;
using Munshi.Audit.Restoring;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;

namespace Munshi.Audit.Export;

/// <summary>
/// The entries whose record is not there, has no key or goes out without its plaintext; which of them are erased is known once all entries went by, and then <c>shredded.jsonl</c> is written. Format:
/// <c>docs/data-format.md</c>. Not safe for concurrent use.
/// </summary>
internal sealed class GoneRecords
{
    private readonly List<GoneRecord> _gone = [];

    /// <summary>An entry whose record is there and whole, and whose plaintext is left out.</summary>
    /// <param name="seq">Above the one before.</param>
    /// <param name="leaf">The entry.</param>
    public void Withhold(long seq, LedgerLeaf leaf) => _gone.Add(new GoneRecord(seq, leaf.Target, IsThere: true, HasKey: false, IsWithheld: true));

    /// <param name="seq">Above the one before.</param>
    /// <param name="leaf">The entry.</param>
    /// <param name="isThere">Whether only its key is missing.</param>
    public void Add(long seq, LedgerLeaf leaf, bool isThere) => _gone.Add(new GoneRecord(
        seq, leaf.Target, isThere, HasKey: leaf.Action != ErasureRecord.Action && !leaf.Target.StartsWith(RestoredRange.ObjectKind + ":", StringComparison.Ordinal)));

    /// <summary>The entries that none of these erasures names.</summary>
    public IEnumerable<long> Unexplained(ErasedEntries erased) => _gone.Where(one => !one.IsWithheld && one.ErasureIn(erased) is null).Select(one => one.Seq);

    /// <summary>Writes the file and names what neither an erasure nor a restore explains.</summary>
    /// <returns>How many records are erased.</returns>
    public long Write(ExportFolder folder, ErasedEntries erased, RestoresWriter restores, LedgerFindings findings)
    {
        long count = 0;
        using FileStream file = folder.Open("shredded.jsonl");
        foreach (GoneRecord gone in _gone)
        {
            if (gone.IsWithheld)
            {
                file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{gone.Seq},\"withheld\":true}}\n")));
                continue;
            }

            long? erasure = gone.ErasureIn(erased);
            if (gone.IsThere || erasure is not null)
            {
                file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{gone.Seq},\"erasure\":{(erasure is { } by ? by : "null")}}}\n")));
            }

            count += erasure is null ? 0 : 1;
            if (erasure is null && gone.IsThere)
            {
                findings.Add(gone.Seq, FindingKind.KeyMissing, $"the key of {gone.Target}", "no key, and no erasure that says so");
            }
            else if (erasure is null && !restores.Cover(gone.Seq))
            {
                findings.Add(gone.Seq, FindingKind.RecordMissing, gone.Target, "no such record");
            }
        }

        return count;
    }

    /// <param name="Seq">Its entry.</param>
    /// <param name="Target">The entry's object.</param>
    /// <param name="IsThere">Whether only its key is missing.</param>
    /// <param name="HasKey">False for what tells of a restore or an erasure: it has no key that could be destroyed.</param>
    /// <param name="IsWithheld">Whether nothing is missing but the plaintext, which was left out.</param>
    private readonly record struct GoneRecord(long Seq, string Target, bool IsThere, bool HasKey, bool IsWithheld = false)
    {
        public long? ErasureIn(ErasedEntries erased) => HasKey ? erased.Of(Seq) : null;
    }
}
