using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class CosignatureTests
{
    private const long WorkedTime = 1795219200;

    private static Checkpoint Checkpoint7 => Notary.Checkpoint(WorkedNotes.Checkpoint7);

    [Fact]
    public void The_worked_checkpoint_gets_the_worked_cosignature()
    {
        using NoteSigner witness = Notary.Witness();

        NoteSignature line = witness.Cosign(Checkpoint7, WorkedTime);

        Assert.Equal(WorkedNotes.CosignatureBlob, $"{line.KeyId:x8}{Convert.ToHexStringLower(line.Signature.Span)}");
        Assert.Equal(WorkedNotes.CosignedNote7, Notary.Note(WorkedNotes.Note7).With(line).ToString());
    }

    [Fact]
    public void The_worked_message_is_what_is_signed()
    {
        byte[] signature = Convert.FromHexString(WorkedNotes.CosignatureBlob)[12..];

        Assert.True(Ed25519.Verify(Notary.WitnessKey.PublicKey.Span, Encoding.UTF8.GetBytes(WorkedNotes.CosignedMessage), signature));
    }

    [Fact]
    public void A_line_is_read_and_verified_over_its_checkpoint_alone()
    {
        NoteSignature line = Notary.Note(WorkedNotes.CosignedNote7).Signatures[1];

        Cosignature cosignature = Assert.IsType<CosignatureParse.Parsed>(Cosignature.Parse(line)).Cosignature;

        Assert.Equal(WorkedTime, cosignature.Timestamp);
        Assert.True(cosignature.IsValid(Notary.WitnessKey, Notary.Utf8(WorkedNotes.Checkpoint7)));
        Assert.False(cosignature.IsValid(Notary.WitnessKey, Notary.Utf8(WorkedNotes.Checkpoint7 + "more\n")));
        Assert.False(cosignature.IsValid(Notary.WitnessKey, Notary.Note(WorkedNotes.Note3).Text.Span));
        Assert.False(cosignature.IsValid(Notary.LogKey, Notary.Utf8(WorkedNotes.Checkpoint7)));
    }

    [Fact]
    public void A_key_of_the_other_type_does_not_verify_a_cosignature()
    {
        Cosignature cosignature = Assert.IsType<CosignatureParse.Parsed>(Cosignature.Parse(Notary.Note(WorkedNotes.CosignedNote7).Signatures[1])).Cosignature;
        VerifierKey sameKey = new("witness.example/w1", NoteKeyType.Ed25519, Notary.WitnessKey.PublicKey.Span);

        Assert.False(cosignature.IsValid(sameKey, Notary.Utf8(WorkedNotes.Checkpoint7)));
    }

    [Fact]
    public void Another_time_does_not_verify()
    {
        byte[] blob = Convert.FromHexString(WorkedNotes.CosignatureBlob)[4..];
        blob[7]++;
        SignedNote note = Notary.Note(WorkedNotes.Note7).With(new NoteSignature("witness.example/w1", 0x6474b229, blob));

        Assert.Equal(new NoteVerification.Refused("a signature by a known key does not hold"), note.Verify([Notary.LogKey, Notary.WitnessKey]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void The_ends_of_time_are_signed_and_read(long timestamp)
    {
        using NoteSigner witness = Notary.Witness();
        SignedNote note = Notary.Note(WorkedNotes.Note7).With(witness.Cosign(Checkpoint7, timestamp));

        NoteVerification.Verified verified = Assert.IsType<NoteVerification.Verified>(note.Verify([witness.VerifierKey]));

        Assert.Equal([timestamp], verified.Signatures.Select(signature => signature.Timestamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => witness.Cosign(Checkpoint7, -1));
    }

    [Fact]
    public void A_time_above_2_63_1_is_refused()
    {
        byte[] blob = Convert.FromHexString(WorkedNotes.CosignatureBlob)[4..];
        blob[0] = 0x80;

        Assert.Equal(new CosignatureParse.Refused("the timestamp is above 2^63-1"), Cosignature.Parse(new NoteSignature("w", 1, blob)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(71)]
    [InlineData(73)]
    [InlineData(2428)]
    public void Another_length_is_refused(int length)
    {
        Assert.Equal(
            new CosignatureParse.Refused("a cosignature is not 76 bytes long, its key id included"), Cosignature.Parse(new NoteSignature("w", 1, new byte[length])));
    }

    [Fact]
    public void Extension_lines_are_part_of_what_is_signed()
    {
        using NoteSigner log = Notary.Log();
        using NoteSigner witness = Notary.Witness();
        Checkpoint extended = Checkpoint7 with { Extensions = ["more"] };
        SignedNote note = log.SignNote(extended.Encode()).With(witness.Cosign(extended, WorkedTime));

        Assert.IsType<NoteVerification.Verified>(note.Verify([witness.VerifierKey]));
        Assert.IsType<NoteVerification.Refused>(Notary.Note(WorkedNotes.Note7).With(witness.Cosign(extended, WorkedTime)).Verify([witness.VerifierKey]));
    }

    [Fact]
    public void A_cosignature_over_a_text_that_is_no_checkpoint_does_not_hold()
    {
        byte[] text = "no checkpoint\n"u8.ToArray();
        byte[] signature = Ed25519.Sign(Convert.FromHexString(WorkedNotes.WitnessSeed), [.. "cosignature/v1\ntime 1\n"u8, .. text]);
        SignedNote note = SignedNote.Create(text, new NoteSignature("witness.example/w1", 0x6474b229, [0, 0, 0, 0, 0, 0, 0, 1, .. signature]));

        Assert.Equal(new NoteVerification.Refused("a signature by a known key does not hold"), note.Verify([Notary.WitnessKey]));
    }
}
