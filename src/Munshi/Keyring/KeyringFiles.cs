using System.Security.Cryptography;
using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Keyring;

/// <summary>The two keys that stand above the keyring, each a file of 32 random bytes in <c>secrets/</c> (mode 0600).</summary>
internal static class KeyringFiles
{
    /// <summary>Wraps the keys in the store.</summary>
    public const string RootKey = "root.key";

    /// <summary>Seals the escrowed copies of epoch 1.</summary>
    public const string EpochKey = "epoch-1.key";

    /// <summary>Reads the key; makes it where nothing rests on it yet.</summary>
    /// <param name="secretsDirectory">Where it lies.</param>
    /// <param name="name">Its file.</param>
    /// <param name="sealedByIt">What only this key opens; null when there is nothing yet.</param>
    /// <exception cref="RefusalException">The file is not 32 bytes long, or is missing although something is sealed by it.</exception>
    public static byte[] LoadOrCreate(string secretsDirectory, string name, string? sealedByIt)
    {
        string path = Path.Combine(secretsDirectory, name);
        if (!File.Exists(path))
        {
            if (sealedByIt is not null)
            {
                throw new RefusalException($"secrets/{name} is missing, and nothing else opens {sealedByIt}: restore it from a backup.");
            }

            SecretFile.Write(path, RandomNumberGenerator.GetBytes(KeyMaterial.Length));
        }

        byte[] key = File.ReadAllBytes(path);
        return key.Length == KeyMaterial.Length
            ? key
            : throw new RefusalException($"secrets/{name} must be {KeyMaterial.Length} bytes long and is {key.Length}: restore it from a backup.");
    }
}
