using System.Security.Cryptography;

namespace Munshi.Ledger.Merkle;

/// <summary>The hashes of a Merkle tree over SHA-256: RFC 6962, section 2.1; RFC 9162, section 2.1.1.</summary>
public static class TreeHash
{
    /// <summary>The root of a tree without leaves, <c>SHA-256("")</c>: not the hash of an empty leaf.</summary>
    public static Digest OfEmptyTree { get; } = new(SHA256.HashData([]));

    /// <summary><c>SHA-256(0x00 || data)</c>.</summary>
    /// <param name="data">Any bytes, also none.</param>
    public static Digest OfLeaf(ReadOnlySpan<byte> data) => Sha256.Of(0x00, data);

    /// <summary><c>SHA-256(0x01 || left || right)</c>.</summary>
    public static Digest OfNode(Digest left, Digest right)
    {
        Span<byte> children = stackalloc byte[2 * Digest.Length];
        left.CopyTo(children);
        right.CopyTo(children[Digest.Length..]);
        return Sha256.Of(0x01, children);
    }

    /// <summary>The root of a complete subtree.</summary>
    /// <param name="hashes">The hashes of its leaves, 2^n of them one after another; used for those above.</param>
    internal static Digest OfComplete(Span<byte> hashes)
    {
        for (; hashes.Length > Digest.Length; hashes = hashes[..(hashes.Length / 2)])
        {
            for (int at = 0; at < hashes.Length; at += 2 * Digest.Length)
            {
                Sha256.Of(0x01, hashes.Slice(at, 2 * Digest.Length)).CopyTo(hashes[(at / 2)..]);
            }
        }

        return new Digest(hashes);
    }

    /// <summary>The root over neighbouring complete subtrees, the largest first on the left; of none, the empty tree's.</summary>
    public static Digest Fold(ReadOnlySpan<Digest> subtrees)
    {
        if (subtrees.IsEmpty)
        {
            return OfEmptyTree;
        }

        Digest root = subtrees[^1];
        for (int i = subtrees.Length - 2; i >= 0; i--)
        {
            root = OfNode(subtrees[i], root);
        }

        return root;
    }
}
