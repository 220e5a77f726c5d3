using System.Text;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Erasures;

public sealed class ErasureRecordTests
{
    private const string Text =
        """
        munshi-erasure/1
        origin vault.example/t/acme
        log 6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0
        case 0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e
        key 11112222-3333-4444-8555-666677778888
        entries 3-3
        entries 7-42
        hash fd7435ccdec85d36e30129351d01475950886f99677e6e017fc6e5aa76ab0cab

        """;

    // sha256sum
    private const string Commitment = "3946fe15c557b0202af1ddd60cd3d2d9d3b9910f8f8a0c1f03229bee76f7414b";

    private static ErasureRecord Golden => new(
        "vault.example/t/acme",
        new Guid("6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0"),
        new Guid("0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e"),
        [new Guid("11112222-3333-4444-8555-666677778888")],
        [new EntryRange(3, 3), new EntryRange(7, 42)],
        LedgerLeaf.RowHash(Leaves.Golden.Encode()));

    private static LedgerLeaf Leaf => Leaves.Golden with
    {
        Seq = 43,
        Action = "erasure.destroyed",
        Target = "erasure:0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e",
        Commitment = Golden.Commit(),
        CiphertextHash = null,
    };

    [Fact]
    public void It_is_written_as_documented_and_read_back()
    {
        Assert.Equal(Text, Encoding.ASCII.GetString(Golden.Encode()));
        Assert.Equal(Commitment, Golden.Commit().ToString());
        Assert.Equal(Text, Encoding.ASCII.GetString(Parse(Text)!.Encode()));
    }

    [Theory]
    [InlineData("munshi-erasure/1\n", "munshi-erasure/2\n")]
    [InlineData("munshi-erasure/1\n", "\nmunshi-erasure/1\n")]
    [InlineData("origin vault.example/t/acme", "origin ")]
    [InlineData("origin vault.example/t/acme", "origin vault example")]
    [InlineData("origin vault.example/t/acme", "origin vault+example")]
    [InlineData("origin vault.example/t/acme", "origin vault\texample")]
    [InlineData("origin vault.example/t/acme", "origin vaült.example")]
    [InlineData("origin vault.example/t/acme\n", "")]
    [InlineData("log 6f1d", "log 6F1D")]
    [InlineData("log 6f1d2c3b-4a59", "log 6f1d2c3b4a59")]
    [InlineData("case 0b9d", "case {0b9d")]
    [InlineData("case ", "Case ")]
    [InlineData("key 11112222-3333-4444-8555-666677778888\n", "key 11112222-3333-4444-8555-666677778888\nkey 11112222-3333-4444-8555-666677778888\n")]
    [InlineData("key 11112222-3333-4444-8555-666677778888\n", "key 11112222-3333-4444-8555-666677778889\nkey 11112222-3333-4444-8555-666677778888\n")]
    [InlineData("key 1111", "key  1111")]
    [InlineData("entries 3-3\nentries 7-42\n", "")]
    [InlineData("entries 3-3\nentries 7-42\n", "entries 7-42\nentries 3-3\n")]
    [InlineData("entries 3-3\n", "entries 3-6\n")]
    [InlineData("entries 3-3\n", "entries 3-8\n")]
    [InlineData("entries 3-3\n", "entries 4-3\n")]
    [InlineData("entries 3-3\n", "entries 03-3\n")]
    [InlineData("entries 3-3\n", "entries +3-3\n")]
    [InlineData("entries 3-3\n", "entries -3-3\n")]
    [InlineData("entries 3-3\n", "entries 3\n")]
    [InlineData("entries 7-42\n", "entries 7-9223372036854775808\n")]
    [InlineData("entries 7-42\n", "entries 7-42")]
    [InlineData("entries 7-42\n", "entries 7-42\n\n")]
    [InlineData("entries 7-42\n", "entries 7-42\r\n")]
    [InlineData("0cab\n", "0cab")]
    [InlineData("0cab\n", "0cab\n\n")]
    [InlineData("0cab\n", "0ca\n")]
    [InlineData("0cab\n", "0cAB\n")]
    [InlineData("hash fd", "hash  fd")]
    [InlineData("hash ", "last ")]
    [InlineData("hash ", "hash 00\nhash ")]
    [InlineData("entries 7-42\n", "entries 7-42\nkey 11112222-3333-4444-8555-666677778888\n")]
    public void Any_other_form_is_refused(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);

        Assert.Null(Parse(Text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("munshi-erasure/1")]
    [InlineData("munshi-erasure/1\nentries 1-1\n")]
    [InlineData("munshi-erasure/1\n\n\n\nentries 1-1")]
    [InlineData("munshi-erasure/1\n\n\n\nentries 1-1\n")]
    [InlineData("munshi-erasure/1\n\n\n\nentries 1-1\nhash ")]
    public void What_is_cut_short_is_refused(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Every_beginning_and_every_changed_byte_is_refused_or_is_another_record()
    {
        byte[] text = Encoding.ASCII.GetBytes(Text);
        for (int length = 0; length < text.Length; length++)
        {
            Assert.True(ErasureRecord.Parse(text.AsSpan(0, length)) is not { } shorter || shorter.Encode().AsSpan().SequenceEqual(text.AsSpan(0, length)));
            byte[] changed = [.. text];
            changed[length] ^= 1;
            Assert.True(ErasureRecord.Parse(changed) is not { } read || read.Encode().AsSpan().SequenceEqual(changed));
        }
    }

    [Fact]
    public void No_key_need_be_named() => Assert.Empty(Parse(Text.Replace("key 11112222-3333-4444-8555-666677778888\n", "", StringComparison.Ordinal))!.Keys);

    [Fact]
    public void A_text_longer_than_a_note_is_refused()
    {
        ErasureRecord longest = Golden with { Entries = [.. Enumerable.Range(0, 60_000).Select(i => new EntryRange(1_000_000 + (2 * i), 1_000_000 + (2 * i)))] };

        Assert.True(longest.Encode().Length > ErasureRecord.MaxLength);
        Assert.Null(ErasureRecord.Parse(longest.Encode()));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(42, true)]
    [InlineData(43, false)]
    public void It_names_the_entries_of_its_ranges_alone(long seq, bool isNamed) => Assert.Equal(isNamed, Golden.Covers(seq));

    [Fact]
    public void A_leaf_tells_of_it_where_it_commits_to_it_in_its_log_for_its_case_behind_all_its_entries_as_they_are_there()
    {
        Assert.True(Golden.IsToldBy(Leaf, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf, Digest.Zero));
        Assert.False(Golden.IsToldBy(Leaf, null));
        Assert.False((Golden with { Hash = Digest.Zero }).IsToldBy(Leaf with { Commitment = (Golden with { Hash = Digest.Zero }).Commit() }, null));
        Assert.False(Golden.IsToldBy(Leaf with { Seq = 42 }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { Log = Guid.NewGuid() }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { Target = $"erasure:{Guid.NewGuid()}" }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { Action = "erasure.asked" }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { Commitment = Digest.Zero }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { Commitment = null }, Golden.Hash));
        Assert.False(Golden.IsToldBy(Leaf with { CiphertextHash = Digest.Zero }, Golden.Hash));
    }

    [Fact]
    public void Only_a_note_with_one_signature_by_the_key_under_the_record_s_own_name_is_opened()
    {
        using NoteSigner signer = NoteSigner.Generate("vault.example", NoteKeyType.Ed25519);
        using NoteSigner named = signer.As(Golden.Origin);
        using NoteSigner other = NoteSigner.Generate(Golden.Origin, NoteKeyType.Ed25519);
        SignedNote note = named.SignNote(Golden.Encode());

        Assert.Equal(Golden.Commit(), ErasureRecord.Open(note.Encode(), signer.VerifierKey)!.Commit());
        Assert.Null(ErasureRecord.Open(note.Encode(), other.VerifierKey));
        Assert.Null(ErasureRecord.Open(signer.SignNote(Golden.Encode()).Encode(), signer.VerifierKey));
        Assert.Null(ErasureRecord.Open(note.With(other.Sign(Golden.Encode())).Encode(), signer.VerifierKey));
        Assert.Null(ErasureRecord.Open(named.SignNote("munshi-erasure/1\n"u8).Encode(), signer.VerifierKey));
        Assert.Null(ErasureRecord.Open(Golden.Encode(), signer.VerifierKey));
    }

    private static ErasureRecord? Parse(string text) => ErasureRecord.Parse(Encoding.UTF8.GetBytes(text));
}
