using System.Security.Cryptography;
using System.Text;
using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

public sealed class SealedValueTests
{
    private const string Text = "नमस्ते, is the shop open?";

    /// <summary>
    /// Derived by <c>openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:0001…1f -kdfopt hexinfo:{row id}{column} HKDF</c>,
    /// sealed by node's <c>createCipheriv('aes-256-gcm', derived, nonce)</c> with workspace, row and column as associated data:
    /// <c>01 | nonce | tag | ciphertext</c>.
    /// </summary>
    private const string SealedElsewhere =
        "01a0a1a2a3a4a5a6a7a8a9aaabe3516e20e5bd1761d55ff757426f56503661212bc9a64ccdefc1dc271295da550cd67fa7779614b39ea714eaf59308a48041bfa8e0";

    private static readonly SealContext Context = new(
        Guid.Parse("0190f5b2-c1d0-7a4b-8e6f-0000000000aa"), Guid.Parse("0190f5b2-c1d0-7a4b-8e6f-112233445566"), "vault.message.text_sealed");

    private readonly KeyMaterial _key = new([.. Enumerable.Range(0, 32).Select(number => (byte)number)]);

    [Fact]
    public void A_value_sealed_by_other_programs_opens() =>
        Assert.Equal(Text, SealedValue.OpenText(_key, Context, Convert.FromHexString(SealedElsewhere)));

    [Fact]
    public void A_sealed_value_opens_by_the_documented_layout_alone()
    {
        byte[] value = SealedValue.Seal(_key, Context, Text);

        byte[] info = [.. Context.RowId.ToByteArray(bigEndian: true), .. "vault.message.text_sealed"u8];
        byte[] derived = Rfc5869.DeriveOneBlock([.. Enumerable.Range(0, 32).Select(number => (byte)number)], info);
        byte[] associated = [.. Context.ClientId.ToByteArray(bigEndian: true), .. info];
        byte[] plaintext = new byte[value.Length - 29];
        using AesGcm cipher = new(derived, 16);
        cipher.Decrypt(value.AsSpan(1, 12), value.AsSpan(29), value.AsSpan(13, 16), plaintext, associated);
        Assert.Equal(1, value[0]);
        Assert.Equal(Text, Encoding.UTF8.GetString(plaintext));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(Text)]
    public void What_was_sealed_opens(string text) =>
        Assert.Equal(text, SealedValue.OpenText(_key, Context, SealedValue.Seal(_key, Context, text)));

    [Fact]
    public void The_same_text_is_sealed_differently_each_time() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(SealedValue.Seal(_key, Context, Text))).Distinct().Count());

    [Fact]
    public void A_value_does_not_open_in_another_workspace() => Refused(Context with { ClientId = Guid.NewGuid() });

    [Fact]
    public void A_value_does_not_open_in_another_row() => Refused(Context with { RowId = Guid.NewGuid() });

    [Fact]
    public void A_value_does_not_open_in_another_column() => Refused(Context with { Column = "vault.message.raw_sealed" });

    [Fact]
    public void A_value_does_not_open_under_another_key()
    {
        byte[] value = SealedValue.Seal(_key, Context, Text);

        Assert.ThrowsAny<CryptographicException>(() => SealedValue.Open(new KeyMaterial(new byte[32]), Context, value));
    }

    [Fact]
    public void A_value_with_any_one_bit_flipped_does_not_open()
    {
        byte[] value = SealedValue.Seal(_key, Context, Text);

        for (int bit = 0; bit < value.Length * 8; bit++)
        {
            byte[] altered = [.. value];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => SealedValue.Open(_key, Context, altered));
        }
    }

    [Fact]
    public void A_value_cut_at_any_length_does_not_open()
    {
        byte[] value = SealedValue.Seal(_key, Context, Text);

        for (int length = 0; length < value.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => SealedValue.Open(_key, Context, value.AsSpan(0, length)));
        }
    }

    private void Refused(SealContext elsewhere)
    {
        byte[] value = SealedValue.Seal(_key, Context, Text);

        Assert.ThrowsAny<CryptographicException>(() => SealedValue.Open(_key, elsewhere, value));
    }
}
