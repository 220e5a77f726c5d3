using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Ledger.Heads;

/// <summary>How far one log had come, as a tick commits to it.</summary>
/// <param name="Origin">The log's.</param>
/// <param name="Size">Its number of leaves.</param>
/// <param name="Root">Its tree's root.</param>
public sealed record CommittedHead(string Origin, long Size, Digest Root)
{
    /// <summary>The bytes of a salt.</summary>
    public const int SaltLength = 32;

    /// <summary>HMAC-SHA-256 keyed with the salt: without it nothing can be tested against the commitment.</summary>
    /// <param name="salt">32 bytes, of this log and tick alone.</param>
    public Digest Commit(ReadOnlySpan<byte> salt)
    {
        Span<byte> commitment = stackalloc byte[Digest.Length];
        HMACSHA256.HashData(salt, Encoding.ASCII.GetBytes(ToString()), commitment);
        return new Digest(commitment);
    }

    /// <summary>The committed text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"munshi-head/1\norigin {Origin}\nsize {Size}\nroot {Root}\n");
}
