using System.Text;
using System.Text.Json;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Api;

/// <summary>Checks the API's proofs as a stranger does: from the JSON and the verifier keys alone.</summary>
internal static class ReadProofBack
{
    /// <summary>The leaf that the proof is of, once all of it holds.</summary>
    public static LedgerLeaf Check(JsonElement proof, VerifierKey log, VerifierKey instance)
    {
        (Checkpoint checkpoint, byte[] text) = Included(proof, log);
        LedgerLeaf leaf = Assert.IsType<LeafParse.Parsed>(LedgerLeaf.Parse(text)).Leaf;
        Assert.Equal(proof.GetProperty("index").GetInt64(), leaf.Seq);

        JsonElement head = proof.GetProperty("head");
        (_, byte[] tick) = Included(head, instance);
        JsonElement opening = head.GetProperty("opening");
        Assert.Equal((checkpoint.Origin, checkpoint.Size, checkpoint.Root), (
            opening.GetProperty("origin").GetString(), opening.GetProperty("size").GetInt64(), Hash(opening.GetProperty("root"))));
        Digest commitment = new CommittedHead(checkpoint.Origin, checkpoint.Size, checkpoint.Root).Commit(opening.GetProperty("salt").GetBytesFromBase64());
        Assert.IsType<ProofVerdict.Valid>(HeadsTree.Verify(
            commitment, opening.GetProperty("place").GetInt32(), Hashes(opening.GetProperty("path")), TickLeaf.Parse(tick)!.Heads));
        return leaf;
    }

    public static Checkpoint Open(string note, VerifierKey key)
    {
        SignedNote signed = Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(Encoding.UTF8.GetBytes(note))).Note;
        Assert.IsType<NoteVerification.Verified>(signed.Verify([key]));
        return Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(signed.Text.Span)).Checkpoint;
    }

    public static VerifierKey Key(JsonElement key) => Assert.IsType<VerifierKeyParse.Parsed>(VerifierKey.Parse(key.GetString()!)).Key;

    public static Digest Hash(JsonElement base64) => new(base64.GetBytesFromBase64());

    public static Digest[] Hashes(JsonElement list) => [.. list.EnumerateArray().Select(Hash)];

    private static (Checkpoint Checkpoint, byte[] Leaf) Included(JsonElement proof, VerifierKey key)
    {
        Checkpoint checkpoint = Open(proof.GetProperty("checkpoint").GetString()!, key);
        byte[] leaf = Encoding.UTF8.GetBytes(proof.GetProperty("leaf").GetString()!);
        Assert.Equal(TreeHash.OfLeaf(leaf), Hash(proof.GetProperty("leafHash")));
        Assert.Equal(checkpoint.Size, proof.GetProperty("treeSize").GetInt64());
        Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(
            (ulong)proof.GetProperty("index").GetInt64(), (ulong)checkpoint.Size, Hash(proof.GetProperty("leafHash")), Hashes(proof.GetProperty("hashes")), checkpoint.Root));
        return (checkpoint, leaf);
    }
}
