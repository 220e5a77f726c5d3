using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Erasures;

/// <summary>Which data keys an erasure destroys and which entries' records go with them; the log's key signs it and a leaf commits to it. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Origin">The name under which it is signed: printable ASCII without space and plus.</param>
/// <param name="Log">The workspace.</param>
/// <param name="Case">The case under which it is done.</param>
/// <param name="Keys">The data keys, ascending as they are written, each once.</param>
/// <param name="Entries">At least one range, ascending; between two of them lies at least one entry.</param>
/// <param name="Hash">The row hash of the last of these entries: where leaves were lost, others may have their numbers since.</param>
public sealed record ErasureRecord(string Origin, Guid Log, Guid Case, IReadOnlyList<Guid> Keys, IReadOnlyList<EntryRange> Entries, Digest Hash)
{
    /// <summary>What the leaf says.</summary>
    public const string Action = "erasure.destroyed";

    /// <summary>The kind of the leaf's object.</summary>
    public const string ObjectKind = "erasure";

    /// <summary>The longest text a reader accepts, in bytes: its note has at most so many.</summary>
    public const int MaxLength = SignedNote.MaxLength;

    private const string Version = "munshi-erasure/1";
    private const string OriginName = "origin ";
    private const string LogName = "log ";
    private const string CaseName = "case ";
    private const string KeyLine = "key ";
    private const string EntriesLine = "entries ";
    private const string HashName = "hash ";

    /// <summary>The leaf's object.</summary>
    public string Target => $"{ObjectKind}:{Case:D}";

    /// <summary>The last entry that it names.</summary>
    public long Last => Entries[^1].Last;

    /// <summary>ASCII, every line ended by a line feed.</summary>
    public byte[] Encode()
    {
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"{Version}\n{OriginName}{Origin}\n{LogName}{Log:D}\n{CaseName}{Case:D}\n"));
        foreach (Guid key in Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"{KeyLine}{key:D}\n");
        }

        foreach ((long first, long last) in Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{EntriesLine}{first}-{last}\n");
        }

        return Encoding.ASCII.GetBytes(text.Append(CultureInfo.InvariantCulture, $"{HashName}{Hash}\n").ToString());
    }

    /// <summary>The leaf's commitment. Nothing of the record is secret: it is the plain SHA-256.</summary>
    public Digest Commit() => new(SHA256.HashData(Encode()));

    /// <summary>Whether it names an entry.</summary>
    public bool Covers(long seq)
    {
        (int low, int high) = (0, Entries.Count - 1);
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            EntryRange range = Entries[middle];
            if (seq >= range.First && seq <= range.Last)
            {
                return true;
            }

            (low, high) = seq < range.First ? (low, middle - 1) : (middle + 1, high);
        }

        return false;
    }

    /// <summary>Whether a leaf tells of it: it commits to this text, names log and case, and stands behind every entry, in the log of which these were.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="hash">The row hash that <see cref="Last"/> has in the leaf's log; null where it is not there.</param>
    public bool IsToldBy(LedgerLeaf leaf, Digest? hash) =>
        leaf.Action == Action
        && leaf.Log == Log
        && leaf.Target == Target
        && leaf.CiphertextHash is null
        && leaf.Commitment == Commit()
        && Last < leaf.Seq
        && Hash == hash;

    /// <summary>The record in a note with one signature, by the key under the record's own name; null where it is none.</summary>
    /// <param name="note">Any bytes.</param>
    /// <param name="key">Under any name; Ed25519.</param>
    public static ErasureRecord? Open(ReadOnlySpan<byte> note, VerifierKey key) =>
        SignedNote.Parse(note) is SignedNoteParse.Parsed { Note: { Signatures.Count: 1 } signed }
        && Parse(signed.Text.Span) is { } record
        && signed.Verify([new VerifierKey(record.Origin, NoteKeyType.Ed25519, key.PublicKey.Span)]) is NoteVerification.Verified
            ? record
            : null;

    /// <summary>The record, or null where the bytes are not exactly one's encoding.</summary>
    public static ErasureRecord? Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength || !Ascii.IsValid(text))
        {
            return null;
        }

        string[] lines = Encoding.ASCII.GetString(text).Split('\n');
        int entries = Array.FindIndex(lines, line => line.StartsWith(EntriesLine, StringComparison.Ordinal));
        if (lines[0] != Version
            || entries < 4 || entries > lines.Length - 3
            || Value(lines[1], OriginName) is not { } origin || !IsName(origin)
            || Id(lines[2], LogName) is not { } log
            || Id(lines[3], CaseName) is not { } caseId
            || ReadKeys(lines.AsSpan(4..entries)) is not { } keys
            || ReadRanges(lines.AsSpan(entries..^2)) is not { } ranges
            || Value(lines[^2], HashName) is not { } hex || !Digest.TryParse(Encoding.ASCII.GetBytes(hex), out Digest hash))
        {
            return null;
        }

        ErasureRecord record = new(origin, log, caseId, keys, ranges, hash);
        return text.SequenceEqual(record.Encode()) ? record : null;
    }

    private static Guid[]? ReadKeys(ReadOnlySpan<string> lines)
    {
        Guid[] keys = new Guid[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (Id(lines[i], KeyLine) is not { } key || (i > 0 && string.CompareOrdinal(lines[i - 1], lines[i]) >= 0))
            {
                return null;
            }

            keys[i] = key;
        }

        return keys;
    }

    private static EntryRange[]? ReadRanges(ReadOnlySpan<string> lines)
    {
        EntryRange[] ranges = new EntryRange[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (Value(lines[i], EntriesLine)?.Split('-') is not [{ } from, { } to] || !Number(from, out long first) || !Number(to, out long last) || first > last
                || (i > 0 && first - 1 <= ranges[i - 1].Last))
            {
                return null;
            }

            ranges[i] = new EntryRange(first, last);
        }

        return ranges;
    }

    private static string? Value(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;

    private static Guid? Id(string line, string name) => Value(line, name) is { } id && Guid.TryParseExact(id, "D", out Guid value) ? value : null;

    private static bool IsName(string name) => KeyName.IsValid(name) && Ascii.IsValid(name) && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
