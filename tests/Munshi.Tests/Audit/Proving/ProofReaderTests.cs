using System.Text;
using System.Text.Json;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Proving;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;
using Munshi.Ledger.Tiles;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Proving;

public sealed class ProofReaderTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_has_a_proof_that_leads_to_its_logs_checkpoint_and_on_to_the_instance_logs()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(35);
        await signed.SignAsync();
        VerifierKey instance = await signed.KeyAsync();
        ProofReader reader = new(signed.Databases);

        for (long seq = 0; seq < 35; seq++)
        {
            LedgerProof proof = (await reader.ProveAsync(log, seq, Cancellation))!;
            TlogProof ofRow = Reread(proof.OfRow);
            Assert.IsType<NoteVerification.Verified>(ofRow.Note.Verify([LedgerIdentity.KeyOf(instance, $"shop.example/ledger/w/{log}")]));
            AssertHolds(ofRow, proof.Leaf);

            TlogProof ofHead = Reread(proof.OfHead!);
            Assert.IsType<NoteVerification.Verified>(ofHead.Note.Verify([instance]));
            HeadOpening opening = JsonSerializer.Deserialize<HeadOpening>(ofHead.Extra.Span, JsonSerializerOptions.Web)!;
            AssertHolds(ofHead, Encoding.ASCII.GetBytes(opening.Leaf));
            Assert.Equal((ofRow.Checkpoint.Origin, ofRow.Checkpoint.Size, ofRow.Checkpoint.Root.ToString()), (opening.Origin, opening.Size, opening.Root));
            Digest commitment = new CommittedHead(opening.Origin, opening.Size, ofRow.Checkpoint.Root).Commit(Convert.FromHexString(opening.Salt));
            Digest[] path = [.. opening.Path.Select(hash => new Digest(Convert.FromHexString(hash)))];
            TickLeaf tick = TickLeaf.Parse(Encoding.ASCII.GetBytes(opening.Leaf))!;
            Assert.IsType<ProofVerdict.Valid>(HeadsTree.Verify(commitment, opening.Place, path, tick.Heads));
        }
    }

    [Theory]
    [InlineData("set_byte(frontier, 3, get_byte(frontier, 3) # 1)")]
    [InlineData("NULL")]
    public async Task A_proof_holds_also_where_a_checkpoints_subtrees_were_changed_or_never_stored(string frontier)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(35);
        await signed.SignAsync();
        await signed.TamperAsync("checkpoint", $"UPDATE ledger.checkpoint SET frontier = {frontier}");
        await signed.TamperAsync("instance_checkpoint", $"UPDATE ledger.instance_checkpoint SET frontier = {frontier}");
        ProofReader reader = new(signed.Databases);

        for (long seq = 0; seq < 35; seq++)
        {
            LedgerProof proof = (await reader.ProveAsync(log, seq, Cancellation))!;
            AssertHolds(Reread(proof.OfRow), proof.Leaf);
            AssertHolds(Reread(proof.OfHead!), Encoding.ASCII.GetBytes(JsonSerializer.Deserialize<HeadOpening>(proof.OfHead!.Extra.Span, JsonSerializerOptions.Web)!.Leaf));
        }
    }

    [Fact]
    public async Task A_row_that_is_not_there_or_not_yet_signed_or_another_workspaces_has_none()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(2);
        Guid message = await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        ProofReader reader = new(signed.Databases);

        Assert.Null(await reader.ProveAsync(log, 2, Cancellation));
        Assert.Null(await reader.FindAsync(log, message, Cancellation));
        await signed.SignAsync();
        Assert.NotNull(await reader.ProveAsync(log, 2, Cancellation));
        Assert.Equal(2, await reader.FindAsync(log, message, Cancellation));
        Assert.Null(await reader.ProveAsync(log, 3, Cancellation));
        Guid other = await signed.Audited.AddWorkspaceAsync();
        Assert.Null(await reader.FindAsync(other, message, Cancellation));
        Assert.Null(await reader.ProveAsync(other, 2, Cancellation));
    }

    [Fact]
    public async Task Every_two_signed_sizes_have_a_proof_that_the_log_only_grew_and_other_sizes_have_none()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(18);
        await signed.ActAsync(log);
        await signed.ActAsync(log);
        await signed.SignAsync();
        ProofReader reader = new(signed.Databases);
        int[] sizes = [.. Enumerable.Range(1, 18), 20];

        foreach (int from in sizes)
        {
            foreach (int to in sizes.Where(size => size >= from))
            {
                ContinuationProof proof = (await reader.ContinueAsync(log, from, to, Cancellation))!;
                Checkpoint older = Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(proof.From.Text.Span)).Checkpoint;
                Checkpoint newer = Assert.IsType<CheckpointParse.Parsed>(Checkpoint.Parse(proof.To.Text.Span)).Checkpoint;
                Assert.Equal((from, to), (older.Size, newer.Size));
                Assert.IsType<ProofVerdict.Valid>(ConsistencyProof.Verify((ulong)from, (ulong)to, older.Root, newer.Root, proof.Hashes.ToArray()));
            }
        }

        Assert.Null(await reader.ContinueAsync(log, 5, 19, Cancellation));
        Assert.Null(await reader.ContinueAsync(log, 19, 20, Cancellation));
        Assert.Null(await reader.ContinueAsync(await signed.Audited.AddWorkspaceAsync(), 1, 2, Cancellation));
    }

    [Fact]
    public async Task The_tiles_of_the_instance_log_are_those_of_its_ticks_and_no_more_than_was_published()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);
        await using (CheckpointSigner signer = signed.NewSigner())
        {
            for (int tick = 1; tick < 530; tick++)
            {
                Assert.IsType<TickOutcome.Published>(await signer.TickAsync(TimeSpan.Zero, Cancellation));
            }
        }

        TileReader tiles = new(signed.Databases);
        IReadOnlyList<byte[]> leaves = await signed.RowsAsync("SELECT leaf FROM ledger.tick ORDER BY seq", reader => Encoding.ASCII.GetBytes(reader.GetString(0)));
        foreach (TilePath path in TileSet.Of(530).SelectMany(set => set.Paths()))
        {
            byte[] tile = (await tiles.ReadAsync(path, Cancellation))!;
            Assert.Equal(path.Width * 32, tile.Length);
            for (int i = 0; i < path.Width; i++)
            {
                ulong end = ((path.Index * 256) + (ulong)i + 1) << (8 * path.Level!.Value);
                ulong first = ((path.Index * 256) + (ulong)i) << (8 * path.Level.Value);
                Digest expected = ReferenceRoot(leaves, first, end);
                Assert.Equal(expected, new Digest(tile.AsSpan(i * 32, 32)));
            }
        }

        Assert.Equal(leaves.Take(256), EntryBundle.Parse(await tiles.ReadAsync(TilePath.OfEntries(0), Cancellation), 256)!);
        Assert.Equal(leaves.Skip(512), EntryBundle.Parse(await tiles.ReadAsync(TilePath.OfEntries(2, 18), Cancellation), 18)!);
        Assert.NotNull(await tiles.ReadAsync(TilePath.OfHashes(0, 2, 17), Cancellation));
        foreach (TilePath beyond in (TilePath[])[TilePath.OfHashes(0, 2, 19), TilePath.OfHashes(0, 2), TilePath.OfHashes(0, 3, 1), TilePath.OfHashes(1, 0, 3), TilePath.OfHashes(2, 0, 1), TilePath.OfHashes(63, 0, 1), TilePath.OfHashes(0, ulong.MaxValue, 1), TilePath.OfEntries(2)])
        {
            Assert.Null(await tiles.ReadAsync(beyond, Cancellation));
        }
    }

    private static Digest ReferenceRoot(IReadOnlyList<byte[]> leaves, ulong first, ulong end)
    {
        MerkleTree part = new();
        for (ulong i = first; i < end; i++)
        {
            part.Append(TreeHash.OfLeaf(leaves[(int)i]));
        }

        return part.Root();
    }

    private static TlogProof Reread(TlogProof proof) => Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(proof.Encode())).Proof;

    private static void AssertHolds(TlogProof proof, byte[] leaf) => Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(
        (ulong)proof.Index, (ulong)proof.Checkpoint.Size, TreeHash.OfLeaf(leaf), proof.Hashes.ToArray(), proof.Checkpoint.Root));
}
