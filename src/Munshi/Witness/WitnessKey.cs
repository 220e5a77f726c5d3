using System.Security.Cryptography;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary><c>witness.key</c>: made at the first start, never replaced.</summary>
internal static class WitnessKey
{
    /// <param name="directory">The witness's.</param>
    /// <param name="wantedName">The name of a new key; derived from the public key where none is wanted. A key that is there must have it.</param>
    /// <exception cref="RefusalException">The key is damaged, is missing beside what it cosigned, or has another name.</exception>
    public static NoteSigner LoadOrCreate(WitnessDirectory directory, string? wantedName)
    {
        if (!File.Exists(directory.Key))
        {
            return Directory.EnumerateFileSystemEntries(directory.State).Any()
                ? throw new RefusalException($"{directory.Key} is missing beside checkpoints that were cosigned: restore it, or begin a new witness in another directory.")
                : Create(directory, wantedName);
        }

        byte[] line = File.ReadAllBytes(directory.Key);
        NoteSignerParse parsed = NoteSigner.Parse(line);
        CryptographicOperations.ZeroMemory(line);
        if (parsed is not NoteSignerParse.Parsed { Signer: { VerifierKey.Type: NoteKeyType.Cosignature } signer })
        {
            throw new RefusalException($"{directory.Key} is damaged: restore it from a copy.");
        }

        return wantedName is null || wantedName == signer.VerifierKey.Name
            ? signer
            : throw new RefusalException($"The witness's name is {signer.VerifierKey.Name} and cannot be changed: leave --name out.");
    }

    private static NoteSigner Create(WitnessDirectory directory, string? wantedName)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519.SeedLength);
        string name = wantedName ?? $"witness-{Convert.ToHexStringLower(SHA256.HashData(Ed25519.PublicKey(seed)))[..16]}.munshi.invalid";
        NoteSigner signer = new(name, NoteKeyType.Cosignature, seed);
        CryptographicOperations.ZeroMemory(seed);
        byte[] line = signer.ExportPrivateKey();
        SecretFile.Write(directory.Key, line);
        CryptographicOperations.ZeroMemory(line);
        return signer;
    }
}
