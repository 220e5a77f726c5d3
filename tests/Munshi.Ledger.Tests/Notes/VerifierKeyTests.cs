using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class VerifierKeyTests
{
    [Theory]
    [InlineData(WorkedNotes.LogKey, WorkedNotes.LogName, NoteKeyType.Ed25519, 0x5ec444ad, WorkedNotes.LogPublicKey)]
    [InlineData(WorkedNotes.WitnessKey, "witness.example/w1", NoteKeyType.Cosignature, 0x6474b229, WorkedNotes.WitnessPublicKey)]
    public void A_key_is_read_and_written(string vkey, string name, NoteKeyType type, uint keyId, string publicKey)
    {
        VerifierKey key = Notary.Key(vkey);

        Assert.Equal((name, type, keyId, publicKey), (key.Name, key.Type, key.KeyId, Convert.ToHexStringLower(key.PublicKey.Span)));
        Assert.Equal(vkey, key.ToString());
        Assert.Equal(vkey, new VerifierKey(name, type, Convert.FromHexString(publicKey)).ToString());
    }

    [Fact]
    public void The_type_is_part_of_the_key_id()
    {
        VerifierKey cosigner = new(WorkedNotes.LogName, NoteKeyType.Cosignature, Convert.FromHexString(WorkedNotes.LogPublicKey));

        Assert.Equal(WorkedNotes.LogKeyIdAsCosigner, cosigner.KeyId.ToString("x8", null));
        Assert.NotEqual(Notary.LogKey, cosigner);
    }

    [Fact]
    public void Keys_are_compared_by_their_text()
    {
        Assert.Equal(Notary.LogKey, Notary.LogKey);
        Assert.Equal(Notary.LogKey.GetHashCode(), Notary.LogKey.GetHashCode());
        Assert.NotEqual(Notary.LogKey, Notary.WitnessKey);
    }

    [Theory]
    [InlineData("vault.example/t/acme+5ec444ad+", "", "fewer than two plus signs")]
    [InlineData("vault.example/t/acme+", "+", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault+example", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("vault.example", "vault example", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault\u00a0example", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault\u3000example", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault\u0085example", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault\nexample", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault\u0001example", "the key's name is empty or holds a space or a control character")]
    [InlineData("vault.example", "vault.examplf", "the key id is not that of this name and key")]
    [InlineData("5ec444ad", "5EC444AD", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("5ec444ad", "5ec444a", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("5ec444ad", "05ec444ad", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("5ec444ad", "", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("5ec444ad", "5ec444ag", "the key id is not 8 lower-case hexadecimal digits")]
    [InlineData("5ec444ad", "5ec444ae", "the key id is not that of this name and key")]
    [InlineData("5ec444ad+A", "5ec444ad++A", "the key is not canonical base64")]
    [InlineData("XB6/", "XB6/ ", "the key is not canonical base64")]
    [InlineData("XB6/", "XB6/\n", "the key is not canonical base64")]
    [InlineData("XB6/", "XB6_", "the key is not canonical base64")]
    [InlineData("XB6/", "XB6", "the key is not canonical base64")]
    [InlineData("XB6/", "XB6/AA==", "the key is not 32 bytes long")]
    [InlineData("XB6/", "XB4=", "the key is not 32 bytes long")]
    [InlineData("+ASnV", "+", "the key's type is neither 0x01 nor 0x04")]
    [InlineData("+ASnV", "+A", "the key is not canonical base64")]
    [InlineData("ASnVfaCp5g5xM2dekO+qLaxG/9GUcQzocNaa0HedXB6/", "", "the key's type is neither 0x01 nor 0x04")]
    [InlineData("+ASnV", "+AinV", "the key's type is neither 0x01 nor 0x04")]
    [InlineData("+ASnV", "+BinV", "the key's type is neither 0x01 nor 0x04")]
    [InlineData("+ASnV", "+BCnV", "the key id is not that of this name and key")]
    [InlineData("ASnVfaCp5g5xM2dekO+qLaxG/9GUcQzocNaa0HedXB6/", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "the key is not a canonical point, or is of small order")]
    [InlineData("ASnVfaCp5g5xM2dekO+qLaxG/9GUcQzocNaa0HedXB6/", "Ae7///////////////////////////////////////9/", "the key is not a canonical point, or is of small order")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        Assert.Equal(new VerifierKeyParse.Refused(reason), VerifierKey.Parse(Notary.Changed(WorkedNotes.LogKey, part, instead)));
    }

    [Fact]
    public void Every_beginning_of_a_key_is_refused()
    {
        Assert.All(
            Enumerable.Range(0, WorkedNotes.LogKey.Length), length => Assert.IsType<VerifierKeyParse.Refused>(VerifierKey.Parse(WorkedNotes.LogKey[..length])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\tb")]
    public void A_key_cannot_be_made_with_a_name_that_no_note_can_hold(string name)
    {
        Assert.Throws<ArgumentException>(() => new VerifierKey(name, NoteKeyType.Ed25519, Convert.FromHexString(WorkedNotes.LogPublicKey)));
        Assert.Throws<ArgumentException>(() => new NoteSignature(name, 1, [1]));
    }

    [Fact]
    public void A_name_that_is_not_well_formed_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new VerifierKey("a\ud800", NoteKeyType.Ed25519, Convert.FromHexString(WorkedNotes.LogPublicKey)));
        Assert.Equal(
            new VerifierKeyParse.Refused("the key's name is empty or holds a space or a control character"),
            VerifierKey.Parse(Notary.Changed(WorkedNotes.LogKey, "vault", "\ud800")));
    }

    [Fact]
    public void A_key_cannot_be_made_of_another_type_or_of_no_point()
    {
        Assert.Throws<ArgumentException>(() => new VerifierKey("a", (NoteKeyType)0x06, Convert.FromHexString(WorkedNotes.LogPublicKey)));
        Assert.Throws<ArgumentException>(() => new VerifierKey("a", NoteKeyType.Ed25519, new byte[32]));
        Assert.Throws<ArgumentException>(() => new VerifierKey("a", NoteKeyType.Ed25519, new byte[31]));
    }
}
