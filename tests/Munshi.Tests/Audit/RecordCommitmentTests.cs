using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Tests.Audit;

public sealed class RecordCommitmentTests
{
    private static readonly KeyMaterial Key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Guid Row = new("11112222-3333-4444-8555-666677778888");

    [Fact]
    public void The_commitment_is_the_one_of_the_document()
    {
        byte[] commitment = new RecordCommitment()
            .Field("direction", "in")
            .Field("refers-to", (byte[]?)null)
            .Field("text", "नमस्ते")
            .Field("at", new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.FromHours(5.5)))
            .Commit(Key, Row);

        // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:00…1f -kdfopt hexinfo:11112222…8888 || "commitment-salt" HKDF,
        // then openssl dgst -sha256 -mac HMAC over the 88 bytes
        Assert.Equal("32eb5ae3c297c5db6ed7afb109ef9aa07316e99cd14262e3ae9d19ee544627ce", Convert.ToHexStringLower(commitment));
    }

    [Fact]
    public void The_ciphertext_hash_tells_an_absent_column_from_an_empty_one()
    {
        // printf '\x00\x00\x00\x03abc\xff\xff\xff\xff\x00\x00\x00\x00' | sha256sum
        Assert.Equal(
            "dab2d2ddeeeac739b3b5f77bd6a1ee428bf684c2924201f6aa86bcee5fe822af",
            Convert.ToHexStringLower(RecordCommitment.HashCiphertexts("abc"u8.ToArray(), null, [])));
    }
}
