using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Access;

/// <summary>A random 256-bit token in base64url, as it stands in a link or a cookie. Only its SHA-256 is stored.</summary>
internal static class AccessToken
{
    private const int TokenLength = 43;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Null for anything that is not a token's shape, so that nothing else reaches the database.</summary>
    public static byte[]? Hash(string? token) =>
        token is { Length: TokenLength } && Base64Url.IsValid(token) ? SHA256.HashData(Encoding.ASCII.GetBytes(token)) : null;
}
