using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

public sealed class KeyMaterialTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private readonly KeyMaterial _key = new(Bytes);

    [Fact]
    public void The_tests_own_derivation_is_that_of_the_standard()
    {
        // RFC 5869, appendix A.3 (no salt, no info); its first 32 bytes.
        byte[] derived = Rfc5869.DeriveOneBlock([.. Enumerable.Repeat((byte)0x0b, 22)], []);

        Assert.Equal("8DA4E775A563C18F715F802A063C5A31B8A11F5C5EE1879EC3454E5F3C738D2D", Convert.ToHexString(derived));
    }

    [Fact]
    public void A_row_s_key_is_derived_as_openssl_derives_it()
    {
        // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:000102…1f -kdfopt hexinfo:{row id, then the column in ASCII} HKDF
        byte[] derived = new byte[32];

        _key.Derive(Guid.Parse("0190f5b2-c1d0-7a4b-8e6f-112233445566"), "vault.message.text_sealed", derived);

        Assert.Equal("2E74EB8DC4E9F426D7A2C16BC3E6E857186DE208D3AAFFBFC9CC6A34864D1219", Convert.ToHexString(derived));
    }

    [Fact]
    public void A_row_s_key_is_derived_as_the_standard_says()
    {
        Guid row = Guid.NewGuid();
        byte[] derived = new byte[32];

        _key.Derive(row, "purpose", derived);

        Assert.Equal(Rfc5869.DeriveOneBlock(Bytes, [.. row.ToByteArray(bigEndian: true), .. "purpose"u8]), derived);
    }

    [Fact]
    public void A_look_up_is_the_hmac_that_openssl_makes()
    {
        // openssl kdf … -kdfopt hexinfo:{16 zero bytes, then 'phone'} HKDF; printf 919000000101 | openssl dgst -sha256 -mac HMAC -macopt hexkey:…
        Assert.Equal(
            "8A4115B791BE0F72D6C56F5758AABE2D646DB4A52D4CE1005C5AACDE6F185FE4", Convert.ToHexString(_key.Lookup("phone", "919000000101"u8)));
    }

    [Fact]
    public void Look_ups_of_different_purposes_cannot_be_compared() =>
        Assert.NotEqual(_key.Lookup("phone", "919000000101"u8), _key.Lookup("bsuid", "919000000101"u8));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyMaterial(new byte[length]));

    [Fact]
    public void A_key_never_shows_its_bytes_as_text() => Assert.Equal("Munshi.Keyring.KeyMaterial", _key.ToString());
}
