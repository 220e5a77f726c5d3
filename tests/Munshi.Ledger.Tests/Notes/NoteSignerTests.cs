using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class NoteSignerTests
{
    // PeterNeumann of golang.org/x/mod/sumdb/note, example_test.go and note_test.go.
    private const string GoPrivateKey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string GoVerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string GoNote =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """;

    [Fact]
    public void Go_s_private_key_is_read_and_signs_what_Go_signs()
    {
        using NoteSigner signer = Assert.IsType<NoteSignerParse.Parsed>(NoteSigner.Parse(Encoding.UTF8.GetBytes(GoPrivateKey))).Signer;

        Assert.Equal(GoVerifierKey, signer.VerifierKey.ToString());
        Assert.Equal(GoPrivateKey, Encoding.UTF8.GetString(signer.ExportPrivateKey()));
        Assert.Equal(GoNote, signer.SignNote(Notary.Note(GoNote).Text.Span).ToString());
    }

    [Fact]
    public void The_worked_checkpoint_gets_the_worked_signature()
    {
        using NoteSigner log = Notary.Log();

        NoteSignature signature = log.Sign(Notary.Utf8(WorkedNotes.Checkpoint7));

        Assert.Equal(WorkedNotes.Checkpoint7Signature, Convert.ToHexStringLower(signature.Signature.Span));
        Assert.Equal(WorkedNotes.Note7, log.SignNote(Notary.Utf8(WorkedNotes.Checkpoint7)).ToString());
        Assert.Equal(WorkedNotes.LogKey, log.VerifierKey.ToString());
    }

    [Theory]
    [InlineData(WorkedNotes.Note0)]
    [InlineData(WorkedNotes.Note3)]
    public void Other_worked_checkpoints_are_signed_the_same(string note)
    {
        using NoteSigner log = Notary.Log();

        Assert.Equal(note, log.SignNote(Notary.Note(note).Text.Span).ToString());
    }

    [Theory]
    [InlineData("PRIVATE+", "PRIVATE-", "not of the form PRIVATE+KEY+name+keyid+key")]
    [InlineData("PRIVATE+KEY+", "private+KEY+", "not of the form PRIVATE+KEY+name+keyid+key")]
    [InlineData("PRIVATE+KEY+", "", "not of the form PRIVATE+KEY+name+keyid+key")]
    [InlineData("PeterNeumann", "", "the key's name is empty or holds a space or a control character")]
    [InlineData("PeterNeumann", "Peter Neumann", "the key's name is empty or holds a space or a control character")]
    [InlineData("c74f20a3", "C74F20A3", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("c74f20a3", "c74f20a4", "the key id is not that of this name and key")]
    [InlineData("PeterNeumann", "PeterNeuman", "the key id is not that of this name and key")]
    [InlineData("+AYEK", "+AoEK", "the key's type is neither 0x01 nor 0x04")]
    [InlineData("+AYEK", "+BIEK", "the key id is not that of this name and key")]
    [InlineData("KDFz", "KDFz\n", "the key is not canonical base64")]
    [InlineData("KDFz", "KDE=", "the seed is not 32 bytes long")]
    [InlineData("KDFz", "KDF=", "the key is not canonical base64")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        Assert.Equal(new NoteSignerParse.Refused(reason), NoteSigner.Parse(Notary.Utf8(Notary.Changed(GoPrivateKey, part, instead))));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused()
    {
        byte[] key = Notary.Utf8(GoPrivateKey);
        key[12] = 0xFF;

        Assert.Equal(new NoteSignerParse.Refused("the key's name is empty or holds a space or a control character"), NoteSigner.Parse(key));
    }

    [Fact]
    public void Every_beginning_of_a_private_key_is_refused()
    {
        byte[] key = Notary.Utf8(GoPrivateKey);

        Assert.All(Enumerable.Range(0, key.Length), length => Assert.IsType<NoteSignerParse.Refused>(NoteSigner.Parse(key.AsSpan(0, length))));
    }

    [Fact]
    public void A_cosigner_s_key_is_written_and_read_with_its_type()
    {
        using NoteSigner witness = Notary.Witness();

        using NoteSigner read = Assert.IsType<NoteSignerParse.Parsed>(NoteSigner.Parse(witness.ExportPrivateKey())).Signer;

        Assert.Equal(WorkedNotes.WitnessKey, read.VerifierKey.ToString());
    }

    [Fact]
    public void A_new_key_is_unlike_any_other_and_signs()
    {
        using NoteSigner first = NoteSigner.Generate("a", NoteKeyType.Ed25519);
        using NoteSigner second = NoteSigner.Generate("a", NoteKeyType.Ed25519);

        Assert.NotEqual(first.VerifierKey, second.VerifierKey);
        Assert.IsType<NoteVerification.Verified>(first.SignNote("text\n"u8).Verify([first.VerifierKey]));
        Assert.IsType<NoteVerification.Refused>(first.SignNote("text\n"u8).Verify([second.VerifierKey]));
    }

    [Fact]
    public void A_key_signs_only_what_its_type_signs()
    {
        using NoteSigner log = Notary.Log();
        using NoteSigner witness = Notary.Witness();

        Assert.Throws<InvalidOperationException>(() => witness.Sign("text\n"u8));
        Assert.Throws<InvalidOperationException>(() => log.Cosign(Notary.Checkpoint(WorkedNotes.Checkpoint7), 1));
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        NoteSigner log = Notary.Log();
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => log.Sign("text\n"u8));
        Assert.Throws<ObjectDisposedException>(log.ExportPrivateKey);
    }

    [Fact]
    public void A_caller_s_seed_can_be_wiped_while_the_key_goes_on()
    {
        byte[] seed = Convert.FromHexString(WorkedNotes.LogSeed);
        using NoteSigner log = new(WorkedNotes.LogName, NoteKeyType.Ed25519, seed);
        seed.AsSpan().Clear();

        Assert.Equal(WorkedNotes.Note7, log.SignNote(Notary.Utf8(WorkedNotes.Checkpoint7)).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text\r\n")]
    [InlineData("te\txt\n")]
    [InlineData("te\0xt\n")]
    public void A_text_that_cannot_stand_in_a_note_is_not_signed(string text)
    {
        using NoteSigner log = Notary.Log();

        Assert.Throws<ArgumentException>(() => log.SignNote(Notary.Utf8(text)));
    }
}
