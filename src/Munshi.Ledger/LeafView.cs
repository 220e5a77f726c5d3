using System.Text;

namespace Munshi.Ledger;

/// <summary>A canonical leaf read in place: <see cref="LedgerLeaf"/> without a copy of anything. Good for as long as its bytes are.</summary>
public readonly ref struct LeafView
{
    /// <inheritdoc cref="LedgerLeaf.Log"/>
    public Guid Log { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Seq"/>
    public long Seq { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Time"/>
    public DateTimeOffset Time { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Actor"/>
    public ReadOnlySpan<byte> Actor { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Action"/>
    public ReadOnlySpan<byte> Action { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Target"/>
    public ReadOnlySpan<byte> Target { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Commitment"/>
    public Digest? Commitment { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.CiphertextHash"/>
    public Digest? CiphertextHash { get; internal init; }

    /// <inheritdoc cref="LedgerLeaf.Previous"/>
    public Digest Previous { get; internal init; }

    /// <summary>Any bytes; <see cref="LedgerLeaf.Parse"/> tells why they are no canonical leaf.</summary>
    public static bool TryRead(ReadOnlySpan<byte> leaf, out LeafView view) => new LeafReader(leaf).TryRead(out view);

    /// <summary>A copy that can be kept.</summary>
    public LedgerLeaf ToLeaf() => new()
    {
        Log = Log,
        Seq = Seq,
        Time = Time,
        Actor = Encoding.ASCII.GetString(Actor),
        Action = Encoding.ASCII.GetString(Action),
        Target = Encoding.ASCII.GetString(Target),
        Commitment = Commitment,
        CiphertextHash = CiphertextHash,
        Previous = Previous,
    };
}
