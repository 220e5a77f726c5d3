using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Checkpoints;

/// <summary>A signed tree's complete subtrees as its checkpoint's row keeps them: 32 bytes each, the largest first, docs/data-format.md.</summary>
/// <param name="Size">The checkpoint's.</param>
/// <param name="Root">The checkpoint's.</param>
/// <param name="Hashes">Null of a checkpoint that was stored without.</param>
internal sealed record SignedFrontier(long Size, byte[] Root, byte[]? Hashes)
{
    private static readonly Dictionary<TreeNode, Digest> Nothing = [];

    /// <summary>Of a tree of which only the size is known: proofs in it are made from blocks and leaf hashes alone.</summary>
    public static SignedFrontier Unknown(long size) => new(size, [], null);

    public static byte[] Encode(ReadOnlySpan<Digest> frontier)
    {
        byte[] bytes = new byte[frontier.Length * Digest.Length];
        for (int i = 0; i < frontier.Length; i++)
        {
            frontier[i].CopyTo(bytes.AsSpan(i * Digest.Length));
        }

        return bytes;
    }

    /// <summary>Whether there is none, or it folds to the root.</summary>
    public bool IsSound => Hashes is null || (IsWhole && TreeHash.Fold(Split()).ToArray().AsSpan().SequenceEqual(Root));

    /// <summary>The nodes that it tells; none where it is missing or does not fold to the root.</summary>
    public IReadOnlyDictionary<TreeNode, Digest> Nodes() => Hashes is null || !IsSound
        ? Nothing
        : TreeNode.FrontierOf((ulong)Size).Zip(Split()).ToDictionary(one => one.First, one => one.Second);

    private bool IsWhole => Hashes!.Length == TreeNode.FrontierOf((ulong)Size).Count * Digest.Length;

    private Digest[] Split() => [.. Hashes!.Chunk(Digest.Length).Select(hash => new Digest(hash))];
}
