using Munshi.Ledger.Merkle;

namespace Munshi.Ledger.Tests.Merkle;

/// <summary>The recursive definitions of RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1, as they stand there.</summary>
internal static class ReferenceTree
{
    public static Digest Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? TreeHash.OfEmptyTree : leaves[0];
        }

        int k = Split(leaves.Length);
        return TreeHash.OfNode(Root(leaves[..k]), Root(leaves[k..]));
    }

    public static List<Digest> Path(int m, ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int k = Split(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<Digest> Proof(int m, ReadOnlySpan<Digest> leaves) => SubProof(m, leaves, true);

    private static List<Digest> SubProof(int m, ReadOnlySpan<Digest> leaves, bool isWhole)
    {
        if (m == leaves.Length)
        {
            return isWhole ? [] : [Root(leaves)];
        }

        int k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], isWhole), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Split(int count)
    {
        int k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
