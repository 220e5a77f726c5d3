using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Vault.Evidence;

/// <summary>Opening a column that may have no value.</summary>
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
}
