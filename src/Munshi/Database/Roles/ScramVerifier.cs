using System.Security.Cryptography;
using System.Text;

namespace Munshi.Database.Roles;

/// <summary>A password as PostgreSQL stores it (RFC 5802, RFC 7677), so that the password itself is never sent to the server.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltLength = 16;

    /// <param name="password">ASCII only, so that SASLprep leaves it as it is.</param>
    /// <param name="salt">16 bytes.</param>
    public static string Create(string password, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        byte[] salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, 32);
        byte[] storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        byte[] serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}";
    }

    public static string Create(string password) => Create(password, RandomNumberGenerator.GetBytes(SaltLength));
}
