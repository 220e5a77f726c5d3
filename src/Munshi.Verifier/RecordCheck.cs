using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>Whether entries and records match both ways: each leaf with a commitment has its record, each record its leaf. Safe for concurrent use.</summary>
internal sealed class RecordCheck(Findings findings, ShredList shredded)
{
    private const string File = ExportDirectory.Records;

    /// <param name="firstSeq">The first leaf's number.</param>
    /// <param name="leaves">Null where a leaf could not be read, and that is said.</param>
    /// <param name="lines">The records' lines with numbers of these leaves, ascending.</param>
    public void Run(long firstSeq, LedgerLeaf?[] leaves, List<(long Seq, byte[] Line)> lines)
    {
        int next = 0;
        for (int i = 0; i < leaves.Length; i++)
        {
            long seq = firstSeq + i;
            byte[]? line = next < lines.Count && lines[next].Seq == seq ? lines[next++].Line : null;
            if (leaves[i] is { } leaf)
            {
                Check(seq, leaf, line);
            }
        }
    }

    private void Check(long seq, LedgerLeaf leaf, byte[]? line)
    {
        bool isBirth = leaf.Commitment is not null || leaf.CiphertextHash is not null;
        if (!isBirth && shredded.Holds(seq))
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.RecordExtra, "no line: the entry commits to no record", "one");
        }

        if (line is null)
        {
            if (isBirth)
            {
                findings.Add(File, seq, FindingKind.RecordMissing, leaf.Target, "no such record");
            }
        }
        else if (!isBirth)
        {
            findings.Add(File, seq, FindingKind.RecordExtra, "no record: the entry commits to none", "one");
        }
        else if (RecordLine.Parse(line) is not { } record)
        {
            findings.Add(File, seq, FindingKind.Form, "a record in canonical form", "another content");
        }
        else
        {
            Compare(seq, leaf, record);
        }
    }

    private void Compare(long seq, LedgerLeaf leaf, RecordLine record)
    {
        if (record.Target != leaf.Target)
        {
            findings.Add(File, seq, FindingKind.Object, leaf.Target, "another object");
        }

        if (record.CiphertextHash != leaf.CiphertextHash)
        {
            findings.Add(File, seq, FindingKind.Ciphertext, Hex(leaf.CiphertextHash), Hex(record.CiphertextHash));
        }

        if (record.Commitment() is { } commitment)
        {
            if (commitment != leaf.Commitment)
            {
                findings.Add(File, seq, FindingKind.Commitment, Hex(leaf.Commitment), Hex(commitment));
            }

            if (shredded.Holds(seq))
            {
                findings.Add(ExportDirectory.Shredded, seq, FindingKind.RecordExtra, "no line: the record is there", "one");
            }
        }
        else if (shredded.Holds(seq))
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.KeyMissing, $"the key of {leaf.Target}", "no key, and no erasure that says so");
        }
        else
        {
            findings.Add(File, seq, FindingKind.Commitment, Hex(leaf.Commitment), "the record does not open");
        }
    }

    private static string Hex(Digest? digest) => digest?.ToString() ?? "none";
}
