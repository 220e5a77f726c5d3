using System.Globalization;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary><c>shredded.jsonl</c>: the entries whose record or its key is gone, and which erasure says so; and those whose plaintext was left out. Safe for concurrent use once read.</summary>
internal sealed class ShredList
{
    private readonly Dictionary<long, long?> _erasures = [];
    private readonly HashSet<long> _withheld = [];

    /// <summary>Reads the list; what is not of its form is a finding.</summary>
    /// <param name="export">The export.</param>
    /// <param name="findings">Gets them.</param>
    /// <param name="size">The number of entries.</param>
    public ShredList(ExportDirectory export, Findings findings, long size)
    {
        const string File = ExportDirectory.Shredded;
        ReadOnlySpan<byte> rest = export.ReadList(File, size);
        long last = -1;
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0 || Parse(rest[..end]) is not (var seq, var erasure, var isWithheld) || seq <= last)
            {
                findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: an entry above the one before and its erasure"), "another content");
                return;
            }

            if (seq >= size)
            {
                findings.Add(File, seq, FindingKind.RecordExtra, string.Create(CultureInfo.InvariantCulture, $"an entry below {size}"), "one above");
            }

            last = seq;
            if (isWithheld)
            {
                _withheld.Add(seq);
            }
            else
            {
                _erasures.Add(seq, erasure);
            }

            rest = rest[(end + 1)..];
        }
    }

    /// <summary>Whether an entry is in the list, and the entry of its erasure; null where none is named.</summary>
    public bool Holds(long seq, out long? erasure) => _erasures.TryGetValue(seq, out erasure);

    /// <summary>Whether an entry's plaintext was left out though its key is there.</summary>
    public bool IsWithheld(long seq) => _withheld.Contains(seq);

    private static (long Seq, long? Erasure, bool IsWithheld)? Parse(ReadOnlySpan<byte> line)
    {
        if (RecordLine.SeqOf(line) is not { } seq)
        {
            return null;
        }

        if (line.SequenceEqual(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"withheld\":true}}"))))
        {
            return (seq, null, true);
        }

        ReadOnlySpan<byte> value = line[(line.IndexOf((byte)',') + 1)..];
        long? erasure = value.StartsWith("\"erasure\":"u8) && value.EndsWith("}"u8) && CanonicalDecimal.TryParse(value["\"erasure\":"u8.Length..^1], out long named) ? named : null;
        string canonical = string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"erasure\":{(erasure is { } by ? by : "null")}}}");
        return line.SequenceEqual(Encoding.ASCII.GetBytes(canonical)) ? (seq, erasure, false) : null;
    }
}
