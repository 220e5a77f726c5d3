using System.Security.Cryptography;
using Munshi.Database;

namespace Munshi.Keyring;

/// <summary>The two keys that stand above the keyring, each a file of 32 random bytes in <c>secrets/</c> (mode 0600).</summary>
internal static class KeyringFiles
{
    /// <summary>Wraps the keys in the store.</summary>
    public const string RootKey = "root.key";

    /// <summary>Seals the escrowed copies of epoch 1.</summary>
    public const string EpochKey = "epoch-1.key";

    /// <exception cref="InvalidDataException">The file is not 32 bytes long.</exception>
    public static byte[] LoadOrCreate(string secretsDirectory, string name)
    {
        string path = Path.Combine(secretsDirectory, name);
        if (!File.Exists(path))
        {
            SecretFile.Write(path, RandomNumberGenerator.GetBytes(KeyMaterial.Length));
        }

        byte[] key = File.ReadAllBytes(path);
        return key.Length == KeyMaterial.Length
            ? key
            : throw new InvalidDataException($"secrets/{name} must be {KeyMaterial.Length} bytes long and is {key.Length}.");
    }
}
