using System.Text;
using Munshi.Ledger.Merkle;

namespace Munshi.Ledger;

/// <summary>One row of a log, as text that names no person. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <remarks>A leaf that exists can be encoded: each property refuses what the format does not hold with <see cref="ArgumentException"/>.</remarks>
public sealed record LedgerLeaf
{
    /// <summary>The longest leaf a reader accepts, in bytes.</summary>
    public const int MaxLength = 2048;

    internal const string Version = "munshi-leaf/1";

    /// <summary>The workspace whose log this is.</summary>
    public required Guid Log { get; init; }

    /// <summary>0 for the first leaf of the log, then one more each.</summary>
    public required long Seq
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentException("A sequence number is not negative.", nameof(value));
    }

    /// <summary>When it happened: whole microseconds.</summary>
    public required DateTimeOffset Time
    {
        get;
        init => field = LedgerTime.IsExact(value)
            ? value.ToUniversalTime()
            : throw new ArgumentException("A leaf's time is a whole number of microseconds.", nameof(value));
    }

    /// <summary><c>person:{id}</c>, <c>customer:{id}</c> or <c>program:{name}</c>.</summary>
    public required string Actor
    {
        get;
        init => field = LeafGrammar.Is(LeafWord.Actor, value) ? value : throw new ArgumentException("Not an actor.", nameof(value));
    }

    /// <summary><c>noun.verb</c>.</summary>
    public required string Action
    {
        get;
        init => field = LeafGrammar.Is(LeafWord.Action, value) ? value : throw new ArgumentException("Not an action.", nameof(value));
    }

    /// <summary>What it was done to, the line <c>object</c>: <c>kind:{id}</c>.</summary>
    public required string Target
    {
        get;
        init => field = LeafGrammar.Is(LeafWord.Object, value) ? value : throw new ArgumentException("Not an object.", nameof(value));
    }

    /// <summary>The salted commitment to the immutable record, where there is one.</summary>
    public required Digest? Commitment { get; init; }

    /// <summary>The hash of the record's sealed columns, where there are any.</summary>
    public required Digest? CiphertextHash { get; init; }

    /// <summary>The row hash of the leaf before; <see cref="Digest.Zero"/> for the first.</summary>
    public required Digest Previous { get; init; }

    /// <summary>Any bytes: a canonical leaf, or the reason why they are none.</summary>
    public static LeafParse Parse(ReadOnlySpan<byte> leaf) => new LeafReader(leaf).Read();

    /// <summary><c>SHA-256(0x00 || leaf)</c>: the chain's link and the leaf hash of RFC 6962, section 2.1, at once.</summary>
    public static Digest RowHash(ReadOnlySpan<byte> leaf) => TreeHash.OfLeaf(leaf);

    public byte[] Encode()
    {
        LeafWriter writer = new(stackalloc byte[MaxLength]);
        writer.Raw(Version);
        writer.Line("log", Log);
        writer.Line("seq", Seq);
        writer.Line("time", Time);
        writer.Line("actor", Actor);
        writer.Line("action", Action);
        writer.Line("object", Target);
        writer.Line("commitment", Commitment);
        writer.Line("ciphertext", CiphertextHash);
        writer.Line("previous", Previous);
        return writer.Finish();
    }

    /// <summary>The encoded leaf.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Encode());
}
