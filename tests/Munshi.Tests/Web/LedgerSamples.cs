using Munshi.Audit.Pages;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Web;

/// <summary>Views of the ledger's pages.</summary>
internal static class LedgerSamples
{
    private const int Size = 23;
    private const int Index = 9;

    public static LedgerFilter Filter { get; } = new(ActionGroup.Messages, ActorKind.Customer, new DateOnly(2026, 11, 21));

    private static Guid Log { get; } = new(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static LedgerListView List() => new(
        new LedgerFilter(null, null, null), [new LedgerRow(4, null, null), new LedgerRow(3, Leaf(3, "status.recorded"), "read"), .. Enumerable.Range(0, 3).Select(seq => new LedgerRow(seq, Leaf(seq), null))], 90, 1, null);

    public static LedgerEntryView Entry()
    {
        byte[] leaf = Leaf(Index).Encode();
        MerkleTree tree = new();
        for (int i = 0; i < Size; i++)
        {
            tree.Append(TreeHash.OfLeaf(Leaf(i).Encode()));
        }

        Digest[] hashes = ProofPlan.Inclusion(Index, Size).Assemble(node => Root(node));
        using NoteSigner signer = new("shop.example/ledger", NoteKeyType.Ed25519, new byte[Ed25519.SeedLength]);
        TlogProof proof = new(Index, hashes, signer.SignNote(new Checkpoint("shop.example/ledger", Size, tree.Root()).Encode()), leaf);
        return new LedgerEntryView
        {
            Seq = Index,
            Text = Leaf(Index).ToString(),
            Leaf = Leaf(Index),
            RowHash = LedgerLeaf.RowHash(leaf).ToString(),
            HashHolds = true,
            SignedSize = 12,
            SignedAt = PageRenderer.Now,
            Checkpoint = proof.Checkpoint,
            Path = ProofPath.Of(proof, leaf),
            HasHeadProof = true,
            IsDamaged = false,
            IsFound = false,
            VerifierKey = signer.VerifierKey.ToString(),
            ConversationUrl = "/inbox/00000000-0000-0000-0000-000000000001",
            HasNext = true,
        };
    }

    public static IEnumerable<LedgerEntryView> Damaged() =>
    [
        Entry() with { Leaf = null, Text = "<script>alert(1)</script>" },
        Entry() with { HashHolds = false },
        Entry() with { IsDamaged = true, Checkpoint = null, Path = null },
        Entry() with { Path = Entry().Path! with { Root = Digest.Zero } },
    ];

    public static CheckpointsView Checkpoints(bool witnessed = true) => new()
    {
        OfLog = [new(23, Digest.Zero.ToBase64(), 4, PageRenderer.Now), new(12, Digest.Zero.ToBase64(), 3, null)],
        OfInstance = [new(5, Digest.Zero.ToBase64(), PageRenderer.Now, witnessed ? ["witness.example/<b>one</b>"] : []), new(4, Digest.Zero.ToBase64(), PageRenderer.Now, [])],
        Note = "shop.example/ledger\n23\nroot\n\n— shop.example/ledger signature\n",
        LogKey = "shop.example/ledger/w/1+00000000+key",
        InstanceKey = "shop.example/ledger+00000000+key",
        TimeStampHost = witnessed ? "timestamp.example" : null,
        LastStamp = witnessed ? new(3, PageRenderer.Now) : null,
        IsStampMissing = witnessed,
        IsRefused = false,
    };

    public static VerificationsView Verifications()
    {
        VerificationResult good = new(true, false, null, null, null, null);
        return new VerificationsView(
            [
                new(false, PageRenderer.Now.AddMinutes(-5), PageRenderer.Now, 9, good),
                new(true, PageRenderer.Now, PageRenderer.Now, 1, new(false, false, 3, "row-hash", "<b>", "found")),
                new(true, PageRenderer.Now, PageRenderer.Now, 1, new(false, true, null, null, null, null)),
                new(true, PageRenderer.Now, PageRenderer.Now, 1, new(false, false, null, "signed-last", null, null)),
            ],
            null,
            PageRenderer.Now);
    }

    private static Digest Root(TreeNode node)
    {
        MerkleTree tree = new();
        for (ulong i = node.Index << node.Level; i < (node.Index + 1) << node.Level; i++)
        {
            tree.Append(TreeHash.OfLeaf(Leaf((int)i).Encode()));
        }

        return tree.Root();
    }

    private static LedgerLeaf Leaf(int seq, string action = "message.received") => new()
    {
        Log = Log,
        Seq = seq,
        Time = PageRenderer.Now.AddMinutes(seq),
        Actor = "customer:00000000-0000-0000-0000-000000000002",
        Action = action,
        Target = "message:00000000-0000-0000-0000-000000000003",
        Commitment = Digest.Zero,
        CiphertextHash = null,
        Previous = Digest.Zero,
    };
}
