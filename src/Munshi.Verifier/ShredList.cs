using System.Globalization;
using System.Text;

namespace Munshi.Verifier;

/// <summary><c>shredded.jsonl</c>: the entries whose record's key is gone. Safe for concurrent use once read.</summary>
/// <remarks>No leaf of this format records an erasure yet, so every entry of the list is a finding.</remarks>
internal sealed class ShredList
{
    private readonly HashSet<long> _seqs = [];

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
            if (end < 0 || Parse(rest[..end]) is not { } seq || seq <= last)
            {
                findings.Add(File, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: an entry above the one before and its erasure"), "another content");
                return;
            }

            if (seq >= size)
            {
                findings.Add(File, seq, FindingKind.RecordExtra, string.Create(CultureInfo.InvariantCulture, $"an entry below {size}"), "one above");
            }

            last = seq;
            _seqs.Add(seq);
            rest = rest[(end + 1)..];
        }
    }

    public bool Holds(long seq) => _seqs.Contains(seq);

    private static long? Parse(ReadOnlySpan<byte> line)
    {
        if (RecordLine.SeqOf(line) is not { } seq)
        {
            return null;
        }

        return line.SequenceEqual(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"erasure\":null}}"))) ? seq : null;
    }
}
