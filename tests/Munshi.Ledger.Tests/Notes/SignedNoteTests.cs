using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class SignedNoteTests
{
    private const string LogLine = "— vault.example/t/acme XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=\n";

    [Fact]
    public void A_note_is_text_and_signature_lines()
    {
        SignedNote note = Notary.Note(WorkedNotes.CosignedNote7);

        Assert.Equal(WorkedNotes.Checkpoint7, Encoding.UTF8.GetString(note.Text.Span));
        Assert.Equal([("vault.example/t/acme", 0x5ec444adu), ("witness.example/w1", 0x6474b229u)], note.Signatures.Select(line => (line.Name, line.KeyId)));
        Assert.Equal(WorkedNotes.Checkpoint7Signature, Convert.ToHexStringLower(note.Signatures[0].Signature.Span));
        Assert.Equal(WorkedNotes.CosignedNote7, note.ToString());
    }

    [Fact]
    public void The_last_empty_line_parts_text_and_signatures()
    {
        SignedNote note = Notary.Note("one\n\n\ntwo\n\n\n\n" + LogLine);

        Assert.Equal("one\n\n\ntwo\n\n\n", Encoding.UTF8.GetString(note.Text.Span));
    }

    [Fact]
    public void A_signature_line_inside_the_text_is_text()
    {
        using NoteSigner log = Notary.Log();
        byte[] text = Notary.Utf8(WorkedNotes.Note7);

        SignedNote outer = Notary.Note(log.SignNote(text).ToString());

        Assert.Equal(text, outer.Text);
        Assert.Single(outer.Signatures);
        Assert.IsType<NoteVerification.Verified>(outer.Verify([Notary.LogKey]));
    }

    [Theory]
    [InlineData("\n\n—", "\n—", "no empty line between text and signatures")]
    [InlineData("\n\n—", "\n\n\n\n", "a line after the text is not a signature line")]
    [InlineData("\n\n—", "\n \n—", "no empty line between text and signatures")]
    [InlineData("Ows=\n", "Ows=", "does not end with a line feed")]
    [InlineData("Ows=\n", "Ows=\n\n", "no signature line")]
    [InlineData("Ows=\n", "Ows=\n—\n", "a line after the text is not a signature line")]
    [InlineData("Ows=\n", "Ows=\nand more\n", "a line after the text is not a signature line")]
    [InlineData("Ows=\n", "Ows=\r\n", "a carriage return")]
    [InlineData("Ows=\n", "Ows=\t\n", "a control character other than the line feed")]
    [InlineData("acme\n7", "acme\r\n7", "a carriage return")]
    [InlineData("acme\n7", "acme\t7", "a control character other than the line feed")]
    [InlineData("acme\n7", "acme\0\n7", "a control character other than the line feed")]
    [InlineData("\n7\n", "\n7\u001f\n", "a control character other than the line feed")]
    [InlineData("— ", "- ", "a line after the text is not a signature line")]
    [InlineData("— ", "– ", "a line after the text is not a signature line")]
    [InlineData("— ", "—", "a line after the text is not a signature line")]
    [InlineData("— ", " — ", "a line after the text is not a signature line")]
    [InlineData("— ", "—  ", "a signature line's name is empty or holds a space or a plus")]
    [InlineData("— vault.example/t/acme XsRErd9d", "— vault.example/t/acmeXsRErd9d", "a signature line is not a name and a signature")]
    [InlineData("— vault.example", "— vault+example", "a signature line's name is empty or holds a space or a plus")]
    [InlineData("— vault.example", "— vault\u2003example", "a signature line's name is empty or holds a space or a plus")]
    [InlineData(" XsRErd9d", "  XsRErd9d", "a signature is not canonical base64")]
    [InlineData("Ows=\n", "Ows= \n", "a signature is not canonical base64")]
    [InlineData("Ows=\n", "Ows\n", "a signature is not canonical base64")]
    [InlineData("Ows=\n", "Ows==\n", "a signature is not canonical base64")]
    [InlineData("Ows=\n", "Owt=\n", "a signature is not canonical base64")]
    [InlineData("XsRErd9d", "XsRE rd9d", "a signature is not canonical base64")]
    [InlineData("/kG6", "_kG6", "a signature is not canonical base64")]
    [InlineData("XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=", "", "a signature is shorter than 5 bytes")]
    [InlineData("XsRErd9dfpaXtILSwbZRx1gyfT5z0D/kG6QdaFYvYoHLtzHvitfRHpuary3C/t7TE/kb3+zXvgXF1pg9UhAPiRbYOws=", "XsRErQ==", "a signature is shorter than 5 bytes")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        Assert.Equal(new SignedNoteParse.Refused(reason), SignedNote.Parse(Notary.Utf8(Notary.Changed(WorkedNotes.Note7, part, instead))));
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xC0)]
    [InlineData(0xFF)]
    public void Bytes_that_are_not_UTF_8_are_refused(byte value)
    {
        byte[] note = Notary.Utf8(WorkedNotes.Note7);
        note[3] = value;

        Assert.Equal(new SignedNoteParse.Refused("not valid UTF-8"), SignedNote.Parse(note));
    }

    [Fact]
    public void A_five_byte_signature_is_a_line_and_verifies_nothing()
    {
        SignedNote note = Notary.Note("text\n\n— vault.example/t/acme XsRErQA=\n");

        Assert.Equal(1, note.Signatures[0].Signature.Length);
        Assert.Equal(new NoteVerification.Refused("a signature by a known key does not hold"), note.Verify([Notary.LogKey]));
    }

    [Fact]
    public void A_hundred_signatures_are_read_and_one_more_is_refused()
    {
        string hundred = "text\n\n" + string.Concat(Enumerable.Repeat(LogLine, 100));

        Assert.Equal(100, Notary.Note(hundred).Signatures.Count);
        Assert.Equal(new SignedNoteParse.Refused("more than 100 signatures"), SignedNote.Parse(Notary.Utf8(hundred + LogLine)));
    }

    [Fact]
    public void A_million_bytes_are_read_and_one_more_is_refused()
    {
        string text = new string('a', 1_000_000 - Notary.Utf8(LogLine).Length - 2) + "\n\n" + LogLine;

        Assert.IsType<SignedNoteParse.Parsed>(SignedNote.Parse(Notary.Utf8(text)));
        Assert.Equal(new SignedNoteParse.Refused("longer than 1000000 bytes"), SignedNote.Parse(Notary.Utf8("a" + text)));
    }

    [Fact]
    public void A_note_cannot_be_made_longer_than_what_is_read()
    {
        using NoteSigner log = Notary.Log();
        byte[] text = Notary.Utf8(new string('a', 1_000_000 - 1) + "\n");

        Assert.Throws<ArgumentException>(() => log.SignNote(text));
    }

    [Fact]
    public void A_hundred_and_first_signature_is_not_added()
    {
        SignedNote note = Notary.Note(WorkedNotes.Note7);
        for (uint id = 0; id < 99; id++)
        {
            note = note.With(new NoteSignature("other", id, [1]));
        }

        Assert.Equal(100, note.Signatures.Count);
        Assert.Throws<ArgumentException>(() => note.With(new NoteSignature("other", 99, [1])));
        Assert.Equal(100, note.With(new NoteSignature("other", 98, [2])).Signatures.Count);
    }

    [Fact]
    public void A_signature_added_stands_last_and_takes_the_place_of_that_key_s_earlier_one()
    {
        SignedNote note = Notary.Note(WorkedNotes.CosignedNote7);
        NoteSignature again = new("vault.example/t/acme", 0x5ec444ad, [1, 2]);

        Assert.Equal([note.Signatures[1], again], note.With(again).Signatures);
    }

    [Fact]
    public void The_worked_notes_verify()
    {
        Assert.Equal([new VerifiedSignature(Notary.LogKey, null)], Verified(Notary.Note(WorkedNotes.Note0).Verify([Notary.LogKey])));
        Assert.Equal([new VerifiedSignature(Notary.LogKey, null)], Verified(Notary.Note(WorkedNotes.Note3).Verify([Notary.LogKey])));
        Assert.Equal(
            [new VerifiedSignature(Notary.LogKey, null), new VerifiedSignature(Notary.WitnessKey, 1795219200)],
            Verified(Notary.Note(WorkedNotes.CosignedNote7).Verify([Notary.WitnessKey, Notary.LogKey, Notary.LogKey])));
    }

    [Fact]
    public void Lines_of_unknown_keys_are_passed_over_an_ML_DSA_line_too()
    {
        SignedNote note = Notary.Note(WorkedNotes.CosignedNote7 + WorkedNotes.MlDsaLine + "\n");

        Assert.Equal(2420 + 8, note.Signatures[2].Signature.Length);
        Assert.Equal([Notary.LogKey], Verified(note.Verify([Notary.LogKey])).Select(signature => signature.Key));
        Assert.Equal([Notary.WitnessKey], Verified(note.Verify([Notary.WitnessKey])).Select(signature => signature.Key));
    }

    [Theory]
    [InlineData("vault.example/t/acme", NoteKeyType.Cosignature, WorkedNotes.LogPublicKey)]
    [InlineData("vault.example/t/acmf", NoteKeyType.Ed25519, WorkedNotes.LogPublicKey)]
    [InlineData("vault.example/t/acme", NoteKeyType.Ed25519, WorkedNotes.WitnessPublicKey)]
    public void A_key_of_another_name_type_or_value_is_unknown(string name, NoteKeyType type, string publicKey)
    {
        VerifierKey other = new(name, type, Convert.FromHexString(publicKey));

        Assert.Equal(new NoteVerification.Refused("no signature by a known key"), Notary.Note(WorkedNotes.Note7).Verify([other]));
    }

    [Fact]
    public void Without_keys_nothing_is_verified()
    {
        Assert.Equal(new NoteVerification.Refused("no signature by a known key"), Notary.Note(WorkedNotes.Note7).Verify([]));
    }

    [Fact]
    public void A_known_key_whose_line_does_not_hold_refuses_the_whole_note()
    {
        SignedNote note = Notary.Note(Notary.Changed(WorkedNotes.CosignedNote7, "vwIBIm9h", "vwIBIm9i"));

        Assert.Equal(new NoteVerification.Refused("a signature by a known key does not hold"), note.Verify([Notary.LogKey, Notary.WitnessKey]));
        Assert.IsType<NoteVerification.Verified>(note.Verify([Notary.LogKey]));
    }

    [Fact]
    public void Of_a_key_s_two_lines_the_first_is_judged()
    {
        string broken = Notary.Changed(LogLine, "XsRErd9d", "XsRErd9e");

        Assert.Single(Verified(Notary.Note(WorkedNotes.Note7 + LogLine).Verify([Notary.LogKey])));
        Assert.Single(Verified(Notary.Note(WorkedNotes.Note7 + broken).Verify([Notary.LogKey])));
        Assert.IsType<NoteVerification.Refused>(
            Notary.Note(Notary.Changed(WorkedNotes.Note7, LogLine, broken + LogLine)).Verify([Notary.LogKey]));
    }

    [Fact]
    public void Lines_in_another_order_verify_as_well()
    {
        SignedNote note = Notary.Note(WorkedNotes.CosignedNote7);
        NoteSignature first = note.Signatures[0];

        Assert.Equal([Notary.WitnessKey, Notary.LogKey], Verified(note.With(first).Verify([Notary.LogKey, Notary.WitnessKey])).Select(signature => signature.Key));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_makes_another_canonical_note_that_verifies_only_unchanged()
    {
        byte[] golden = Notary.Utf8(WorkedNotes.CosignedNote7);
        VerifierKey[] keys = [Notary.LogKey, Notary.WitnessKey];
        for (int position = 0; position < golden.Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] changed = [.. golden];
                changed[position] = (byte)value;
                AssertCanonicalAndHonest(golden, changed, keys);
            }
        }
    }

    [Fact]
    public void An_inserted_or_removed_byte_is_refused_or_makes_another_canonical_note_that_verifies_only_unchanged()
    {
        byte[] golden = Notary.Utf8(WorkedNotes.CosignedNote7);
        VerifierKey[] keys = [Notary.LogKey, Notary.WitnessKey];
        for (int position = 0; position <= golden.Length; position++)
        {
            foreach (byte value in "\n\r\t =+-0AZaz\0"u8)
            {
                AssertCanonicalAndHonest(golden, [.. golden[..position], value, .. golden[position..]], keys);
            }

            AssertCanonicalAndHonest(golden, golden[..position], keys);
            if (position < golden.Length)
            {
                AssertCanonicalAndHonest(golden, [.. golden[..position], .. golden[(position + 1)..]], keys);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_refused_and_never_an_exception()
    {
        for (int i = 0; i < 2000; i++)
        {
            Assert.IsType<SignedNoteParse.Refused>(SignedNote.Parse(RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(3000))));
        }
    }

    /// <summary>What is read is written back byte for byte; what verifies says exactly what was signed.</summary>
    private static void AssertCanonicalAndHonest(byte[] golden, byte[] changed, VerifierKey[] keys)
    {
        if (SignedNote.Parse(changed) is not SignedNoteParse.Parsed { Note: { } note })
        {
            return;
        }

        Assert.Equal(changed, note.Encode());
        if (note.Verify(keys) is NoteVerification.Verified verified)
        {
            Assert.Equal(WorkedNotes.Checkpoint7, Encoding.UTF8.GetString(note.Text.Span));
            Assert.True(changed.AsSpan().SequenceEqual(golden) || verified.Signatures.Count == 1);
        }
    }

    private static IReadOnlyList<VerifiedSignature> Verified(NoteVerification verification) =>
        Assert.IsType<NoteVerification.Verified>(verification).Signatures;
}
