using System.Globalization;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;

namespace Munshi.Verifier;

/// <summary>Whether entries and records match both ways: each leaf with a commitment has its record, each record its leaf. Safe for concurrent use.</summary>
internal sealed class RecordCheck(Findings findings, ShredList shredded, RestoreList restores, ErasureList erasures)
{
    private const string File = ExportDirectory.Records;

    private long _lost;
    private long _erased;
    private long _withheld;

    /// <summary>Entries whose record is lost as a restore that the log tells of says, and not erased.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Entries whose record, or its key, is gone as an erasure that the log tells of says.</summary>
    public long Erased => Interlocked.Read(ref _erased);

    /// <summary>Entries whose record is there without its plaintext, which whoever exported it left out.</summary>
    public long Withheld => Interlocked.Read(ref _withheld);

    /// <param name="seq">The leaf's number.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="line">Its record's line; empty where there is none.</param>
    /// <param name="scratch">At least as long as the line.</param>
    public void Run(long seq, LeafView leaf, ReadOnlySpan<byte> line, Span<byte> scratch)
    {
        bool isOfErasure = Ascii.Equals(leaf.Action, ErasureRecord.Action);
        bool hasRecord = !isOfErasure && (leaf.Commitment is not null || leaf.CiphertextHash is not null);
        bool hasKey = hasRecord && !leaf.Target.StartsWith(RestoreList.ObjectPrefixBytes); // what tells of a ceremony or an erasure has none
        if (!hasKey && (shredded.Holds(seq, out _) || shredded.IsWithheld(seq)))
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.RecordExtra, "no line: the entry commits to no record", "one");
        }

        if (!hasRecord && !line.IsEmpty)
        {
            findings.Add(File, seq, FindingKind.RecordExtra, "no record: the entry commits to none", "one");
        }

        if (isOfErasure || (hasRecord && line.IsEmpty))
        {
            if (!restores.Tells(seq) && !erasures.Tells(seq))
            {
                Miss(seq, leaf, hasKey);
            }
        }
        else if (hasRecord)
        {
            Compare(seq, leaf, line, scratch);
        }
    }

    private void Miss(long seq, LeafView leaf, bool hasKey)
    {
        if (hasKey && shredded.Holds(seq, out long? erasure))
        {
            Judge(seq, leaf, erasure);
        }
        else if (restores.Covers(seq) && !(hasKey && erasures.Covers(seq)))
        {
            Interlocked.Increment(ref _lost);
        }
        else
        {
            findings.Add(File, seq, FindingKind.RecordMissing, Encoding.ASCII.GetString(leaf.Target), "no such record");
        }
    }

    private void Compare(long seq, LeafView leaf, ReadOnlySpan<byte> line, Span<byte> scratch)
    {
        if (!RecordLine.TryParse(line, scratch, out RecordLine record))
        {
            findings.Add(File, seq, FindingKind.Form, "a record in canonical form", "another content");
            return;
        }

        if (!record.Target.SequenceEqual(leaf.Target))
        {
            findings.Add(File, seq, FindingKind.Object, Encoding.ASCII.GetString(leaf.Target), "another object");
        }

        if (record.CiphertextHash != leaf.CiphertextHash)
        {
            findings.Add(File, seq, FindingKind.Ciphertext, Hex(leaf.CiphertextHash), Hex(record.CiphertextHash));
        }

        bool isShredded = shredded.Holds(seq, out long? erasure);
        if (record.Commitment is { } commitment)
        {
            if (commitment != leaf.Commitment)
            {
                findings.Add(File, seq, FindingKind.Commitment, Hex(leaf.Commitment), Hex(commitment));
            }

            if (isShredded || shredded.IsWithheld(seq))
            {
                findings.Add(ExportDirectory.Shredded, seq, FindingKind.RecordExtra, "no line: the record is there", "one");
            }
        }
        else if (shredded.IsWithheld(seq) && MayBeWithheld(leaf.Target))
        {
            Interlocked.Increment(ref _withheld);
        }
        else if (isShredded || shredded.IsWithheld(seq))
        {
            Judge(seq, leaf, erasure);
        }
        else
        {
            findings.Add(File, seq, FindingKind.Commitment, Hex(leaf.Commitment), "the record does not open");
        }
    }

    /// <summary>Only what can hold words that somebody deleted.</summary>
    private static bool MayBeWithheld(ReadOnlySpan<byte> target) =>
        target.StartsWith("message:"u8) || target.StartsWith("note:"u8) || target.StartsWith("hand-off:"u8) || target.StartsWith("media:"u8);

    /// <summary>A line of the shred list.</summary>
    private void Judge(long seq, LeafView leaf, long? erasure)
    {
        if (erasure is not { } by)
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.KeyMissing, $"the key of {Encoding.ASCII.GetString(leaf.Target)}", "no key, and no erasure that says so");
        }
        else if (erasures.Covers(by, seq))
        {
            Interlocked.Increment(ref _erased);
        }
        else
        {
            findings.Add(ExportDirectory.Shredded, seq, FindingKind.Erasure, "an erasure that names the entry", string.Create(CultureInfo.InvariantCulture, $"entry {by}"));
        }
    }

    private static string Hex(Digest? digest) => digest?.ToString() ?? "none";
}
