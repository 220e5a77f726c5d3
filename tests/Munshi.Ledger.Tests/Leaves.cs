using System.Security.Cryptography;
using System.Text;

namespace Munshi.Ledger.Tests;

/// <summary>The worked leaf of the format's document, and leaves made at random.</summary>
internal static class Leaves
{
    public const string GoldenText =
        """
        munshi-leaf/1
        log 6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0
        seq 42
        time 2026-11-21T09:30:00.123456Z
        actor customer:0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e
        action message.received
        object message:11112222-3333-4444-8555-666677778888
        commitment 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
        ciphertext -
        previous ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100

        """;

    // { printf '\000'; cat leaf; } | sha256sum
    public const string GoldenRowHash = "fd7435ccdec85d36e30129351d01475950886f99677e6e017fc6e5aa76ab0cab";

    public static byte[] GoldenBytes => Encoding.ASCII.GetBytes(GoldenText);

    public static LedgerLeaf Golden => new()
    {
        Log = new Guid("6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0"),
        Seq = 42,
        Time = new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.FromHours(5.5)).AddMicroseconds(123456),
        Actor = "customer:0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e",
        Action = "message.received",
        Target = "message:11112222-3333-4444-8555-666677778888",
        Commitment = new Digest([.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        CiphertextHash = null,
        Previous = new Digest(Convert.FromHexString("ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100")),
    };

    public static LedgerLeaf Random() => new()
    {
        Log = new Guid(RandomNumberGenerator.GetBytes(16)),
        Seq = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue >> RandomNumberGenerator.GetInt32(63),
        Time = DateTimeOffset.UnixEpoch.AddSeconds(RandomNumberGenerator.GetInt32(int.MaxValue)).AddMicroseconds(RandomNumberGenerator.GetInt32(1_000_000)),
        Actor = RandomNumberGenerator.GetInt32(3) switch
        {
            0 => $"person:{new Guid(RandomNumberGenerator.GetBytes(16))}",
            1 => $"customer:{new Guid(RandomNumberGenerator.GetBytes(16))}",
            _ => $"program:{Word()}",
        },
        Action = $"{Word()}.{Word()}",
        Target = $"{Word()}:{new Guid(RandomNumberGenerator.GetBytes(16))}",
        Commitment = OptionalDigest(),
        CiphertextHash = OptionalDigest(),
        Previous = new Digest(RandomNumberGenerator.GetBytes(32)),
    };

    private static string Word() =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz-", 1 + RandomNumberGenerator.GetInt32(32));

    private static Digest? OptionalDigest() =>
        RandomNumberGenerator.GetInt32(2) == 0 ? null : new Digest(RandomNumberGenerator.GetBytes(32));
}
