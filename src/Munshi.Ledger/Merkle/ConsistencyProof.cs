using System.Numerics;

namespace Munshi.Ledger.Merkle;

/// <summary>That a tree continues an older one: what was there is there still, in its place.</summary>
public static class ConsistencyProof
{
    /// <summary>The longest proof that is looked at.</summary>
    public const int MaxHashes = 64;

    /// <summary>RFC 9162, section 2.1.4.2. A tree of size 0 is continued by every tree, without hashes.</summary>
    public static ProofVerdict Verify(ulong oldSize, ulong newSize, Digest oldRoot, Digest newRoot, ReadOnlySpan<Digest> proof)
    {
        if (oldSize > newSize)
        {
            return ProofVerdict.Refuse("the old size is greater than the new size");
        }

        if (proof.Length > MaxHashes)
        {
            return ProofVerdict.Refuse($"more than {MaxHashes} hashes");
        }

        if (oldSize == 0 && oldRoot != TreeHash.OfEmptyTree)
        {
            return ProofVerdict.Refuse("the old root is not the empty tree's");
        }

        if (newSize == 0 && newRoot != TreeHash.OfEmptyTree)
        {
            return ProofVerdict.Refuse("the new root is not the empty tree's");
        }

        if (oldSize == 0 || oldSize == newSize)
        {
            return (proof.IsEmpty, oldSize == 0 || oldRoot == newRoot) switch
            {
                (false, _) => ProofVerdict.Refuse("there is nothing to prove, and the proof is not empty"),
                (_, false) => ProofVerdict.Refuse("two roots of one size differ"),
                _ => ProofVerdict.Hold,
            };
        }

        return proof.IsEmpty ? ProofVerdict.Refuse("the proof is empty") : Walk(oldSize, newSize, oldRoot, newRoot, proof);
    }

    private static ProofVerdict Walk(ulong oldSize, ulong newSize, Digest oldRoot, Digest newRoot, ReadOnlySpan<Digest> proof)
    {
        ulong fn = oldSize - 1;
        ulong sn = newSize - 1;
        int shared = BitOperations.TrailingZeroCount(~fn);
        fn >>= shared;
        sn >>= shared;

        bool beginsWithOldRoot = BitOperations.IsPow2(oldSize);
        Digest oldHash = beginsWithOldRoot ? oldRoot : proof[0];
        Digest newHash = oldHash;
        foreach (Digest hash in proof[(beginsWithOldRoot ? 0 : 1)..])
        {
            if (sn == 0)
            {
                return ProofVerdict.Refuse("more hashes than the path has");
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                oldHash = TreeHash.OfNode(hash, oldHash);
                newHash = TreeHash.OfNode(hash, newHash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                newHash = TreeHash.OfNode(newHash, hash);
            }

            fn >>= 1;
            sn >>= 1;
        }

        if (sn != 0)
        {
            return ProofVerdict.Refuse("fewer hashes than the path has");
        }

        if (oldHash != oldRoot)
        {
            return ProofVerdict.Refuse("the hashes do not lead to the old root");
        }

        return newHash == newRoot ? ProofVerdict.Hold : ProofVerdict.Refuse("the hashes do not lead to the new root");
    }
}
