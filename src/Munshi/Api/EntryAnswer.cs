using Munshi.Audit.Pages;
using Munshi.Ledger;

namespace Munshi.Api;

/// <summary>One entry. SHA-256 over a zero byte and the leaf's bytes is its leaf hash; the other members are the leaf's lines, null where what is stored is no leaf.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Leaf">As stored: ASCII lines, each ended by a line feed.</param>
/// <param name="LeafHash">As stored, in base64.</param>
/// <param name="Time">When it happened, UTC with six decimals.</param>
/// <param name="Actor">The pseudonym of who acted.</param>
/// <param name="Action">What was done: noun and verb.</param>
/// <param name="Object">The pseudonym of what it was done to.</param>
/// <param name="Commitment">The salted commitment to the immutable record, in base64; null where there is none.</param>
/// <param name="Ciphertext">The hash of the record's sealed columns, in base64; null where there are none.</param>
/// <param name="Previous">The leaf hash of the entry before, in base64; 32 zero bytes for the first.</param>
/// <param name="SignedSize">The size of the first checkpoint that covers it; null until there is one.</param>
internal sealed record EntryAnswer(
    long Seq, string Leaf, string LeafHash, string? Time, string? Actor, string? Action, string? Object, string? Commitment, string? Ciphertext, string? Previous, long? SignedSize)
{
    public static EntryAnswer Of(LedgerEntryView entry) => new(
        entry.Seq,
        entry.Text,
        Convert.ToBase64String(Convert.FromHexString(entry.RowHash)),
        entry.Leaf is { } leaf ? LedgerTime.Format(leaf.Time) : null,
        entry.Leaf?.Actor,
        entry.Leaf?.Action,
        entry.Leaf?.Target,
        entry.Leaf?.Commitment?.ToBase64(),
        entry.Leaf?.CiphertextHash?.ToBase64(),
        entry.Leaf?.Previous.ToBase64(),
        entry.SignedSize);
}
