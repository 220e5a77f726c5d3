using System.Security.Cryptography;
using System.Text;
using Munshi.Database;

namespace Munshi.Keyring;

/// <summary>
/// The second copy of every key, written before the key is first used: files <c>epoch-1/{id}.escrow</c> that are only ever
/// added, each sealed under the epoch key (AES-256-GCM, its name as associated data).
/// </summary>
/// <remarks>File: <c>version 1 | nonce 12 | tag 16 | ciphertext</c>; plaintext: per key 16 bytes id, 32 bytes key, u8 length, name.</remarks>
internal sealed class KeyEscrow(string directory, byte[] epochKey)
{
    private const string Files = "*.escrow";
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly string _folder = FolderIn(directory);

    /// <summary>Whether any key was ever escrowed there.</summary>
    public static bool IsIn(string directory) => Directory.Exists(FolderIn(directory)) && Directory.EnumerateFiles(FolderIn(directory), Files).Any();

    /// <summary>Durable, file and name, once it returns.</summary>
    public void Add(IReadOnlyCollection<EscrowedKey> keys)
    {
        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            DirectorySync.Flush(directory);
        }

        using MemoryStream plaintext = new();
        Span<byte> id = stackalloc byte[16];
        foreach (EscrowedKey key in keys)
        {
            key.Id.TryWriteBytes(id, bigEndian: true, out _);
            plaintext.Write(id);
            plaintext.Write(key.Material);
            byte[] name = Encoding.ASCII.GetBytes(key.Name ?? "");
            plaintext.WriteByte((byte)name.Length);
            plaintext.Write(name);
        }

        string fileName = Guid.NewGuid().ToString("n") + ".escrow";
        byte[] file = new byte[Overhead + plaintext.Length];
        file[0] = Version;
        RandomNumberGenerator.Fill(file.AsSpan(1, NonceLength));
        using AesGcm cipher = new(epochKey, TagLength);
        cipher.Encrypt(
            file.AsSpan(1, NonceLength), plaintext.ToArray(), file.AsSpan(Overhead), file.AsSpan(1 + NonceLength, TagLength), Encoding.ASCII.GetBytes(fileName));
        SecretFile.Write(Path.Combine(_folder, fileName), file);
    }

    /// <summary>Every key ever escrowed.</summary>
    /// <exception cref="CryptographicException">A file was altered, renamed, or is of another epoch.</exception>
    public IReadOnlyList<EscrowedKey> ReadAll()
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        return [.. Directory.EnumerateFiles(_folder, Files).Order(StringComparer.Ordinal).SelectMany(Read)];
    }

    private static string FolderIn(string directory) => Path.Combine(directory, "epoch-1");

    private List<EscrowedKey> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < Overhead || file[0] != Version)
        {
            throw new CryptographicException("Not an escrow file of a known version.");
        }

        byte[] plaintext = new byte[file.Length - Overhead];
        using AesGcm cipher = new(epochKey, TagLength);
        cipher.Decrypt(
            file.AsSpan(1, NonceLength), file.AsSpan(Overhead), file.AsSpan(1 + NonceLength, TagLength), plaintext, Encoding.ASCII.GetBytes(Path.GetFileName(path)));

        List<EscrowedKey> keys = [];
        ReadOnlySpan<byte> rest = plaintext;
        while (rest.Length > 0)
        {
            int nameLength = rest[16 + KeyMaterial.Length];
            ReadOnlySpan<byte> name = rest.Slice(17 + KeyMaterial.Length, nameLength);
            keys.Add(new EscrowedKey(
                new Guid(rest[..16], bigEndian: true), rest.Slice(16, KeyMaterial.Length).ToArray(), nameLength == 0 ? null : Encoding.ASCII.GetString(name)));
            rest = rest[(17 + KeyMaterial.Length + nameLength)..];
        }

        return keys;
    }
}
