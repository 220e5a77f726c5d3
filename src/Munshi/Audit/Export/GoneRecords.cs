using System.Globalization;
using System.Text;
using Munshi.Audit.Erasures;
using Munshi.Audit.Restoring;
using Munshi.Ledger.Erasures;

namespace Munshi.Audit.Export;

/// <summary>
/// The entries whose record is not there or has no key; which of them are erased is known once all entries went by, and then <c>shredded.jsonl</c> is written. Format:
/// <c>docs/data-format.md</c>. Not safe for concurrent use.
/// </summary>
internal sealed class GoneRecords
{
    private readonly List<(long Seq, string Target, bool IsThere)> _gone = [];

    /// <param name="seq">Above the one before.</param>
    /// <param name="target">The leaf's object.</param>
    /// <param name="isThere">Whether only its key is missing.</param>
    public void Add(long seq, string target, bool isThere) => _gone.Add((seq, target, isThere));

    /// <summary>The entries that none of these erasures names.</summary>
    public IEnumerable<long> Unexplained(ErasedEntries erased) => _gone.Where(one => ErasureOf(one.Seq, one.Target, erased) is null).Select(one => one.Seq);

    /// <summary>Writes the file and names what neither an erasure nor a restore explains.</summary>
    /// <returns>How many records are erased.</returns>
    public long Write(ExportFolder folder, ErasedEntries erased, RestoresWriter restores, LedgerFindings findings)
    {
        long count = 0;
        using FileStream file = folder.Open("shredded.jsonl");
        foreach ((long seq, string target, bool isThere) in _gone)
        {
            long? erasure = ErasureOf(seq, target, erased);
            if (isThere || erasure is not null)
            {
                file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"erasure\":{(erasure is { } by ? by : "null")}}}\n")));
            }

            count += erasure is null ? 0 : 1;
            if (erasure is null && isThere)
            {
                findings.Add(seq, FindingKind.KeyMissing, $"the key of {target}", "no key, and no erasure that says so");
            }
            else if (erasure is null && !restores.Cover(seq))
            {
                findings.Add(seq, FindingKind.RecordMissing, target, "no such record");
            }
        }

        return count;
    }

    /// <remarks>What tells of a restore or an erasure has no key that could be destroyed.</remarks>
    private static long? ErasureOf(long seq, string target, ErasedEntries erased) =>
        target.StartsWith(RestoredRange.ObjectKind + ":", StringComparison.Ordinal) || target.StartsWith(ErasureRecord.ObjectKind + ":", StringComparison.Ordinal)
            ? null
            : erased.Of(seq);
}
