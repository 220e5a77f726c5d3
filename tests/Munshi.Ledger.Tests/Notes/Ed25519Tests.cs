using System.Security.Cryptography;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class Ed25519Tests
{
    [Theory]
    [MemberData(nameof(Ed25519Vectors.Rfc8032), MemberType = typeof(Ed25519Vectors))]
    public void Keys_and_signatures_are_those_of_RFC_8032(string test, string seed, string publicKey, string message, string signature)
    {
        Assert.NotEmpty(test);
        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(Bytes(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(Bytes(seed), Bytes(message))));
        Assert.True(Ed25519.Verify(Bytes(publicKey), Bytes(message), Bytes(signature)));
    }

    [Theory]
    [MemberData(nameof(Ed25519Vectors.Speccheck), MemberType = typeof(Ed25519Vectors))]
    public void Each_case_of_the_many_EdDSAs_gets_the_verdict_of_the_stated_rules(int number, string message, string publicKey, string signature, bool valid)
    {
        Assert.InRange(number, 0, 11);
        Assert.Equal(valid, Ed25519.Verify(Bytes(publicKey), Bytes(message), Bytes(signature)));
    }

    [Theory]
    [MemberData(nameof(Ed25519Vectors.Wycheproof), MemberType = typeof(Ed25519Vectors))]
    public void Each_case_of_Wycheproof_gets_its_verdict(int number, string publicKey, string message, string signature, bool valid)
    {
        Assert.InRange(number, 1, 151);
        Assert.Equal(valid, Ed25519.Verify(Bytes(publicKey), Bytes(message), Bytes(signature)));
    }

    [Theory]
    [MemberData(nameof(Ed25519Vectors.SmallOrder), MemberType = typeof(Ed25519Vectors))]
    public void A_key_of_small_order_verifies_nothing(string publicKey)
    {
        byte[] key = Bytes(publicKey);

        Assert.False(Ed25519.IsPublicKey(key));
        Assert.All(Enumerable.Range(0, 16), i => Assert.False(Ed25519.Verify(key, [(byte)i], Bytes("01" + new string('0', 126)))));
    }

    [Theory]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_y_of_p_and_above_is_no_key(string publicKey) => Assert.False(Ed25519.IsPublicKey(Bytes(publicKey)));

    [Fact]
    public void A_value_that_is_no_point_verifies_nothing()
    {
        byte[] key = Bytes("0200000000000000000000000000000000000000000000000000000000000000");

        Assert.True(Ed25519.IsPublicKey(key));
        Assert.False(Ed25519.Verify(key, [], Bytes("01" + new string('0', 126))));
    }

    [Fact]
    public void A_flipped_bit_of_key_message_or_signature_does_not_verify()
    {
        byte[] seed = Bytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        byte[] message = [1, 2, 3];
        byte[][] parts = [Ed25519.PublicKey(seed), message, Ed25519.Sign(seed, message)];
        foreach (byte[] part in parts)
        {
            for (int bit = 0; bit < 8 * part.Length; bit++)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Ed25519.Verify(parts[0], parts[1], parts[2]));
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.True(Ed25519.Verify(parts[0], parts[1], parts[2]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_key_of_another_length_is_refused(int length)
    {
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[length], []));
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKey(new byte[length]));
        Assert.False(Ed25519.Verify(new byte[length], [], new byte[64]));
    }

    [Fact]
    public async Task Many_threads_sign_and_verify_at_once()
    {
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, (i, _) =>
        {
            byte[] seed = SHA256.HashData(BitConverter.GetBytes(i));
            byte[] message = BitConverter.GetBytes(i);
            byte[] signature = Ed25519.Sign(seed, message);
            Assert.True(Ed25519.Verify(Ed25519.PublicKey(seed), message, signature));
            signature[0] ^= 1;
            Assert.False(Ed25519.Verify(Ed25519.PublicKey(seed), message, signature));
            return ValueTask.CompletedTask;
        });
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
