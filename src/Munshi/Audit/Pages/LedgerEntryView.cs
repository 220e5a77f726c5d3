using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Pages;

/// <summary>One entry with its proof.</summary>
public sealed record LedgerEntryView
{
    public required long Seq { get; init; }

    /// <summary>As stored.</summary>
    public required string Text { get; init; }

    /// <summary>Null where what is stored is no leaf.</summary>
    public required LedgerLeaf? Leaf { get; init; }

    /// <summary>As stored, in hexadecimal digits.</summary>
    public required string RowHash { get; init; }

    /// <summary>Whether the stored hash is that of the stored leaf.</summary>
    public required bool HashHolds { get; init; }

    /// <summary>The number of entries that the first checkpoint over this one covers; null until there is one.</summary>
    public required long? SignedSize { get; init; }

    /// <summary>When that one was signed; null where its tick cannot be read.</summary>
    public required DateTimeOffset? SignedAt { get; init; }

    /// <summary>The newest checkpoint over this entry; null until there is one, and where the tree is damaged.</summary>
    public required Checkpoint? Checkpoint { get; init; }

    /// <summary>The way from this entry to the root of <see cref="Checkpoint"/>.</summary>
    public required ProofPath? Path { get; init; }

    /// <summary>Whether the instance log's checkpoint covers that one.</summary>
    public required bool HasHeadProof { get; init; }

    /// <summary>Whether a part of the tree that the proof needs is missing.</summary>
    public required bool IsDamaged { get; init; }

    /// <summary>Whether a check found a difference here, and none of the whole ledger went well since.</summary>
    public required bool IsFound { get; init; }

    /// <summary>The verifier key of the workspace's log.</summary>
    public required string? VerifierKey { get; init; }

    /// <summary>The conversation that the entry is about, as far as it is there.</summary>
    public required string? ConversationUrl { get; init; }

    public required bool HasNext { get; init; }
}
