using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Witness;

/// <summary>The log of the worked values in <c>docs/data-format.md</c>: leaves <c>vault-entry-0</c>, <c>vault-entry-1</c>, … under a published seed.</summary>
internal static class WorkedLog
{
    public const string Origin = "vault.example/t/acme";
    public const string Vkey = "vault.example/t/acme+5ec444ad+ASnVfaCp5g5xM2dekO+qLaxG/9GUcQzocNaa0HedXB6/";
    public const string WitnessVkey = "witness.example/w1+6474b229+BAemx4dUgMsvlqoNlzegdjMs4PyGC8zXb7PndI6ZbfIj";
    public const long CosignedAt = 1795219200;

    /// <summary>SHA-256 of the origin.</summary>
    public const string OriginHash = "fe543c1999840556ab89d4d1245f5658eed91281ec202ce46dffe96f96f6f23c";

    public const string Request =
        "old 3\njdhN84pvrVzc98MukcyictGjYbMH7+6aYeZd6w72kUk=\ntlnB6OW9seqADmlhey3Fa08Vyv+kOHoS1Fer3Box86A=\n"
        + "ixnY9UoVBI9LQQoGSQSsGAIvIDrTmAhnL/ax5p/pLlY=\nyVe1zDPiXfP0wHLy44PDiQaBCNT+NSHhb1fiiG0Z9no=\n\n" + Note7;

    public const string Note7 =
        "vault.example/t/acme\n7\n56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=\n\n"
        + "— vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=\n";

    public const string Note3 =
        "vault.example/t/acme\n3\nVjVc6g1wwaIuBjjvG22Nb2rL8xhn386AeYUP0tZ8KBc=\n\n"
        + "— vault.example/t/acme XsRErRH+fRtHJ9EABfD2M95UqeaUKuhFv5MiJuGvn/2J4HvChvpup1m0aUI2FVDuIyoJ7nNkmVV1OCY2T25lBWEWoQM=\n";

    public const string Note0 =
        "vault.example/t/acme\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
        + "— vault.example/t/acme XsREraUk0+2sfoG8asHJehTaLLlXRsd9uyd/C2JFIy7RveBjRr7s4OpHLwD3vHvpADOeqkcCEV4Z0Ih/b1Ljgn8b1Qo=\n";

    public const string Response =
        "— witness.example/w1 ZHSyKQAAAABrAN8AvwIBIm9hdv3hn7LjFB3xHIjbZmq6L3lFu3dxuwSJG44w53i9fe1OoG1moFRHDXvLFXKZZ7uA2Rc2cNx2U3qABw==\n";

    // SHA-256 of "tlog.md example log key" and of "tlog.md example witness key"
    private const string LogSeed = "0f79f3ddcd4d95ea8cc615e05761befd1bc4b05247bcfcac8e8c4757760e9f73";
    private const string WitnessSeed = "d4b3a4fb5ccfe835ce0188a04f34193d3e11e740fd43b148263e3ea0e0ff66cd";

    public static VerifierKey Key => Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(Vkey)).Key;

    public static VerifierKey WitnessKey => Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(WitnessVkey)).Key;

    public static NoteSigner NewWitnessSigner() => new("witness.example/w1", NoteKeyType.Cosignature, Convert.FromHexString(WitnessSeed));

    public static NoteSigner NewSigner(string origin = Origin) => new(origin, NoteKeyType.Ed25519, Convert.FromHexString(LogSeed));

    /// <summary>The log's checkpoint of a size, signed.</summary>
    /// <param name="size">How many leaves.</param>
    /// <param name="leaf">Begins each leaf; another than the worked one makes another history.</param>
    /// <param name="origin">Signed with the same key under that name.</param>
    public static SignedNote Note(int size, string leaf = "vault-entry-", string origin = Origin)
    {
        using NoteSigner signer = NewSigner(origin);
        return signer.SignNote(new Checkpoint(origin, size, Root(size, leaf)).Encode());
    }

    /// <summary>A request that continues one size by another.</summary>
    public static byte[] RequestOf(int old, int size, string leaf = "vault-entry-", string origin = Origin)
    {
        Digest[] proof = ProofPlan.Consistency((ulong)Math.Min(old, size), (ulong)size).Assemble(node => NodeHash(node, leaf));
        return new AddCheckpointRequest(old, proof, Note(size, leaf, origin)).Encode();
    }

    private static Digest Root(int size, string leaf)
    {
        MerkleTree tree = new();
        for (int i = 0; i < size; i++)
        {
            tree.Append(Leaf(i, leaf));
        }

        return tree.Root();
    }

    private static Digest NodeHash(TreeNode node, string leaf) => node.Level == 0
        ? Leaf((int)node.Index, leaf)
        : TreeHash.OfNode(NodeHash(new TreeNode(node.Level - 1, node.Index * 2), leaf), NodeHash(new TreeNode(node.Level - 1, (node.Index * 2) + 1), leaf));

    private static Digest Leaf(int index, string leaf) => TreeHash.OfLeaf(Encoding.ASCII.GetBytes($"{leaf}{index}"));
}
