using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class TlogProofTests
{
    private static TlogProof Worked => Parsed(WorkedNotes.Proof);

    [Fact]
    public void The_worked_proof_is_read_and_written()
    {
        TlogProof proof = Worked;

        Assert.Equal((5, 7), (proof.Index, proof.Checkpoint.Size));
        Assert.Equal(WorkedNotes.ProofHashes, proof.Hashes.Select(hash => hash.ToString()));
        Assert.Equal(WorkedNotes.CosignedNote7, proof.Note.ToString());
        Assert.True(proof.Extra.IsEmpty);
        Assert.Equal(WorkedNotes.Proof, Encoding.UTF8.GetString(proof.Encode()));
        Assert.Equal(WorkedNotes.Proof, Encoding.UTF8.GetString(new TlogProof(5, proof.Hashes, Notary.Note(WorkedNotes.CosignedNote7), default).Encode()));
    }

    [Fact]
    public void Extra_bytes_stand_before_the_index()
    {
        TlogProof proof = new(5, Worked.Hashes, Worked.Note, "leaf"u8.ToArray());

        Assert.Equal(Notary.Changed(WorkedNotes.Proof, "index 5\n", "extra bGVhZg==\nindex 5\n"), Encoding.UTF8.GetString(proof.Encode()));
        Assert.Equal("leaf"u8, Parsed(Encoding.UTF8.GetString(proof.Encode())).Extra.Span);
    }

    [Fact]
    public void A_tree_of_one_leaf_needs_no_hashes()
    {
        Assert.Empty(Parsed("c2sp.org/tlog-proof@v1\nindex 0\n\n" + WorkedNotes.Note7).Hashes);
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v1\n", "", "the first line is not c2sp.org/tlog-proof@v1")]
    [InlineData("@v1\n", "@v2\n", "the first line is not c2sp.org/tlog-proof@v1")]
    [InlineData("@v1\n", "@v1 \n", "the first line is not c2sp.org/tlog-proof@v1")]
    [InlineData("@v1\n", "@v1\r\n", "the first line is not c2sp.org/tlog-proof@v1")]
    [InlineData("index 5\n", "", "the line 'index' is not where it belongs")]
    [InlineData("index 5\n", "\nindex 5\n", "the line 'index' is not where it belongs")]
    [InlineData("index 5\n", "index\n", "the line 'index' is not where it belongs")]
    [InlineData("index 5\n", "extra YQ==\n", "the line 'index' is not where it belongs")]
    [InlineData("index 5\n", "extra YQ==\nextra YQ==\nindex 5\n", "the line 'index' is not where it belongs")]
    [InlineData("index 5\n", "index 5\nextra YQ==\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("index 5\n", "extra \nindex 5\n", "the extra data is empty or not canonical base64")]
    [InlineData("index 5\n", "extra YR==\nindex 5\n", "the extra data is empty or not canonical base64")]
    [InlineData("index 5\n", "extra Y Q==\nindex 5\n", "the extra data is empty or not canonical base64")]
    [InlineData("index 5\n", "index +5\n", "the index is not a canonical number up to 2^63-1")]
    [InlineData("index 5\n", "index 05\n", "the index is not a canonical number up to 2^63-1")]
    [InlineData("index 5\n", "index -5\n", "the index is not a canonical number up to 2^63-1")]
    [InlineData("index 5\n", "index 5 \n", "the index is not a canonical number up to 2^63-1")]
    [InlineData("index 5\n", "index 9223372036854775808\n", "the index is not a canonical number up to 2^63-1")]
    [InlineData("KR8=\n", "KR9=\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("KR8=\n", "KR8\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("Lf4=\n\n", "Lf4=\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("\n7\n", "\n+7\n", "the checkpoint: the size is not a canonical number up to 2^63-1")]
    [InlineData("— vault", "- vault", "the note: a line after the text is not a signature line")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        Assert.Equal(new TlogProofParse.Refused(reason), TlogProof.Parse(Notary.Utf8(Notary.Changed(WorkedNotes.Proof, part, instead))));
    }

    [Fact]
    public void Sixty_three_hashes_are_read_and_one_more_is_refused()
    {
        string hash = WorkedNotes.RootsInBase64[1] + "\n";
        string most = "c2sp.org/tlog-proof@v1\nindex 0\n" + string.Concat(Enumerable.Repeat(hash, 63)) + "\n" + WorkedNotes.Note7;

        Assert.Equal(63, Parsed(most).Hashes.Count);
        Assert.Equal(new TlogProofParse.Refused("more than 63 hashes"), TlogProof.Parse(Notary.Utf8(Notary.Changed(most, "index 0\n", "index 0\n" + hash))));
    }

    [Fact]
    public void A_file_of_one_line_or_none_is_refused()
    {
        Assert.Equal(new TlogProofParse.Refused("the first line is not c2sp.org/tlog-proof@v1"), TlogProof.Parse([]));
        Assert.Equal(new TlogProofParse.Refused("the line 'index' is not where it belongs"), TlogProof.Parse("c2sp.org/tlog-proof@v1\n"u8));
        Assert.Equal(new TlogProofParse.Refused("no empty line before the note"), TlogProof.Parse("c2sp.org/tlog-proof@v1\nindex 5\n"u8));
        Assert.Equal(new TlogProofParse.Refused("longer than 2000000 bytes"), TlogProof.Parse(new byte[2_000_001]));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_itself_the_one_encoding_of_another_proof()
    {
        byte[] golden = Notary.Utf8(Notary.Changed(WorkedNotes.Proof, "index 5\n", "extra bGVhZg==\nindex 5\n"));
        for (int position = 0; position < golden.Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] changed = [.. golden];
                changed[position] = (byte)value;
                if (TlogProof.Parse(changed) is TlogProofParse.Parsed parsed)
                {
                    Assert.Equal(changed, parsed.Proof.Encode());
                }
            }
        }
    }

    [Fact]
    public void A_proof_cannot_be_made_of_what_the_format_does_not_hold()
    {
        using NoteSigner log = Notary.Log();

        Assert.Throws<ArgumentOutOfRangeException>(() => new TlogProof(-1, [], Worked.Note, default));
        Assert.Throws<ArgumentException>(() => new TlogProof(0, [.. Enumerable.Repeat(Worked.Hashes[0], 64)], Worked.Note, default));
        Assert.Throws<ArgumentException>(() => new TlogProof(0, [], log.SignNote("no checkpoint\n"u8), default));
        Assert.Throws<ArgumentException>(() => new TlogProof(0, [], Worked.Note, new byte[1_500_000]));
    }

    private static TlogProof Parsed(string file) => Assert.IsType<TlogProofParse.Parsed>(TlogProof.Parse(Notary.Utf8(file))).Proof;
}
