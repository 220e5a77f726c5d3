using System.Security.Cryptography;

namespace Munshi.Tests.Keyring;

/// <summary>HKDF-SHA-256 written out from RFC 5869, sections 2.2 and 2.3, without salt; one block of output.</summary>
internal static class Rfc5869
{
    /// <returns>32 bytes.</returns>
    public static byte[] DeriveOneBlock(byte[] inputKey, byte[] info)
    {
        byte[] extracted = HMACSHA256.HashData(new byte[32], inputKey);
        byte[] block = [.. info, 0x01];
        return HMACSHA256.HashData(extracted, block);
    }
}
