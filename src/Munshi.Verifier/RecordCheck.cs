using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>Whether entries and records match both ways: each leaf with a commitment has its record, each record its leaf. Safe for concurrent use.</summary>
internal sealed class RecordCheck(Findings findings, ShredList shredded, RestoreList restores)
{
    private const string File = ExportDirectory.Records;

    private long _lost;

    /// <summary>Entries whose record is lost as a restore that the log tells of says.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <param name="seq">The leaf's number.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="line">Its record's line; empty where there is none.</param>
    /// <param name="scratch">At least as long as the line.</param>
    public void Run(long seq, LeafView leaf, ReadOnlySpan<byte> line, Span<byte> scratch)
    {
        bool isBirth = leaf.Commitment is not null || leaf.CiphertextHash is not null;
        if (!isBirth && shredded.Holds(seq))
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.RecordExtra, "no line: the entry commits to no record", "one");
        }

        if (line.IsEmpty)
        {
            if (isBirth && !restores.Tells(seq))
            {
                Miss(seq, leaf);
            }
        }
        else if (!isBirth)
        {
            findings.Add(File, seq, FindingKind.RecordExtra, "no record: the entry commits to none", "one");
        }
        else if (!RecordLine.TryParse(line, scratch, out RecordLine record))
        {
            findings.Add(File, seq, FindingKind.Form, "a record in canonical form", "another content");
        }
        else
        {
            Compare(seq, leaf, record);
        }
    }

    private void Miss(long seq, LeafView leaf)
    {
        if (restores.Covers(seq))
        {
            Interlocked.Increment(ref _lost);
        }
        else
        {
            findings.Add(File, seq, FindingKind.RecordMissing, Encoding.ASCII.GetString(leaf.Target), "no such record");
        }
    }

    private void Compare(long seq, LeafView leaf, RecordLine record)
    {
        if (!record.Target.SequenceEqual(leaf.Target))
        {
            findings.Add(File, seq, FindingKind.Object, Encoding.ASCII.GetString(leaf.Target), "another object");
        }

        if (record.CiphertextHash != leaf.CiphertextHash)
        {
            findings.Add(File, seq, FindingKind.Ciphertext, Hex(leaf.CiphertextHash), Hex(record.CiphertextHash));
        }

        if (record.Commitment is { } commitment)
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
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.KeyMissing, $"the key of {Encoding.ASCII.GetString(leaf.Target)}", "no key, and no erasure that says so");
        }
        else
        {
            findings.Add(File, seq, FindingKind.Commitment, Hex(leaf.Commitment), "the record does not open");
        }
    }

    private static string Hex(Digest? digest) => digest?.ToString() ?? "none";
}
