using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Vault.Evidence;

/// <summary>Opening for verification: a value that does not open gives no commitment, which the verifier reports.</summary>
internal static class Sealed
{
    public static byte[]? Open(KeyMaterial key, in SealContext context, byte[]? sealedValue) =>
        sealedValue is null ? null : SealedValue.Open(key, context, sealedValue);

    /// <summary>Null where it does not open.</summary>
    public static byte[]? TryOpen(KeyMaterial key, in SealContext context, byte[] sealedValue)
    {
        try
        {
            return SealedValue.Open(key, context, sealedValue);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static byte[]? Commitment(Func<byte[]> recompute)
    {
        try
        {
            return recompute();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
