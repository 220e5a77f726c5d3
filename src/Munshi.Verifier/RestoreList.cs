using System.Globalization;
using System.Security.Cryptography;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary><c>restores.jsonl</c>: what the entries that tell of a restore ceremony commit to. Safe for concurrent use once read.</summary>
internal sealed class RestoreList
{
    private const string File = ExportDirectory.Restores;
    private const string Restored = "ledger.restored";
    private const string BegunAnew = "ledger.begun-anew";
    private const string ObjectPrefix = "restore:";

    /// <summary>How the object of an entry begins that tells of a ceremony.</summary>
    public static ReadOnlySpan<byte> ObjectPrefixBytes => "restore:"u8;

    private readonly Findings _findings;
    private readonly SignedLog _signed;
    private readonly HashSet<long> _telling = [];
    private readonly List<Restore> _restores = [];
    private readonly List<NewName> _names = [];
    private readonly (long First, long Last)[] _lost;

    /// <summary>Reads the list and holds each line against its entry; what is not so is a finding, and excuses nothing.</summary>
    /// <param name="export">The export.</param>
    /// <param name="findings">Gets them.</param>
    /// <param name="signed">Its log.</param>
    public RestoreList(ExportDirectory export, Findings findings, SignedLog signed)
    {
        (_findings, _signed) = (findings, signed);
        EntryLeaves leaves = new(export, signed.Checkpoint.Size);
        ReadOnlySpan<byte> rest = export.ReadList(File, signed.Checkpoint.Size);
        long last = -1;
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0 || RestoreLine.Parse(rest[..end]) is not { } line || line.Seq <= last)
            {
                findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: an entry above the one before and what it commits to"), "another content");
                break;
            }

            if (line.Seq >= signed.Checkpoint.Size)
            {
                findings.Add(File, line.Seq, FindingKind.RecordExtra, string.Create(CultureInfo.InvariantCulture, $"an entry below {signed.Checkpoint.Size}"), "one above");
            }
            else
            {
                Judge(line, leaves.At(line.Seq));
            }

            last = line.Seq;
            rest = rest[(end + 1)..];
        }

        _lost = Join(_restores);
    }

    /// <summary>Restores in which records were lost, as their entries say.</summary>
    public IReadOnlyList<Restore> Restores => _restores;

    /// <summary>Names that the ledger took when what was signed under the one before was lost, as the log's entries say.</summary>
    public IReadOnlyList<NewName> Names => _names;

    /// <summary>Whether the entry tells of a ceremony, and stands for itself.</summary>
    public bool Tells(long seq) => _telling.Contains(seq);

    /// <summary>Whether an entry's record may be lost.</summary>
    public bool Covers(long seq)
    {
        int place = Array.BinarySearch(_lost, (seq, long.MaxValue));
        int before = place >= 0 ? place : ~place - 1;
        return before >= 0 && _lost[before].Last >= seq;
    }

    private void Judge(RestoreLine line, byte[]? entry)
    {
        if (entry is null)
        {
            return; // said where the entries are checked
        }

        string action = line.Origin is null ? Restored : BegunAnew;
        if (LedgerLeaf.Parse(entry) is not LeafParse.Parsed { Leaf: { } leaf }
            || leaf.Action != action || !leaf.Target.StartsWith(ObjectPrefix, StringComparison.Ordinal) || leaf.CiphertextHash is not null)
        {
            _findings.Add(File, line.Seq, FindingKind.Restore, $"an entry {action}", "another");
        }
        else if (leaf.Commitment != new Digest(SHA256.HashData(line.Told(_signed.Log))) || !(line.Origin is null || NewName.IsOf(line.Origin)) || line.Last >= line.Seq)
        {
            _findings.Add(File, line.Seq, FindingKind.Restore, $"what the entry commits to, {leaf.Commitment}", "something else");
        }
        else
        {
            _telling.Add(line.Seq);
            if (line.Origin is { } origin)
            {
                _names.Add(NewName.Read(origin, line.Seq, leaf.Time));
            }
            else
            {
                _restores.Add(new Restore(line.Seq, leaf.Time, line.First, line.Last));
            }
        }
    }

    /// <summary>Ranges that do not touch, ascending.</summary>
    private static (long First, long Last)[] Join(IEnumerable<Restore> restores)
    {
        List<(long First, long Last)> joined = [];
        foreach (Restore restore in restores.OrderBy(one => one.First))
        {
            if (joined.Count > 0 && restore.First <= joined[^1].Last)
            {
                joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, restore.Last));
            }
            else
            {
                joined.Add((restore.First, restore.Last));
            }
        }

        return [.. joined];
    }
}
