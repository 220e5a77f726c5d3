namespace Munshi.Ledger.Merkle;

/// <summary>That a leaf is in a tree.</summary>
public static class InclusionProof
{
    /// <summary>The longest proof that is looked at.</summary>
    public const int MaxHashes = 64;

    /// <summary>RFC 9162, section 2.1.3.2.</summary>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="size">The tree's number of leaves.</param>
    /// <param name="leafHash">The leaf's hash.</param>
    /// <param name="proof">The leaf's sibling first.</param>
    /// <param name="root">The tree's root.</param>
    public static ProofVerdict Verify(ulong index, ulong size, Digest leafHash, ReadOnlySpan<Digest> proof, Digest root)
    {
        if (index >= size)
        {
            return ProofVerdict.Refuse("the leaf index is not less than the tree size");
        }

        if (proof.Length > MaxHashes)
        {
            return ProofVerdict.Refuse($"more than {MaxHashes} hashes");
        }

        ulong fn = index;
        ulong sn = size - 1;
        Digest hash = leafHash;
        foreach (Digest sibling in proof)
        {
            if (sn == 0)
            {
                return ProofVerdict.Refuse("more hashes than the path has");
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = TreeHash.OfNode(sibling, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        if (sn != 0)
        {
            return ProofVerdict.Refuse("fewer hashes than the path has");
        }

        return hash == root ? ProofVerdict.Hold : ProofVerdict.Refuse("the hashes do not lead to the root");
    }
}
