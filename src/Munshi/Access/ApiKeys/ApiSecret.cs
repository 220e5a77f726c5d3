using System.Security.Cryptography;
using System.Text;

namespace Munshi.Access.ApiKeys;

/// <summary>The secret of an API key: a prefix and 256 random bits in base64url. Only its SHA-256 is stored.</summary>
internal static class ApiSecret
{
    /// <summary>By which a secret is recognised where it should not be, in a repository or a log.</summary>
    public const string Prefix = "munshi_api_";

    public static string Create() => Prefix + AccessToken.Create();

    /// <summary>SHA-256 of the whole text; null for anything that is not a secret's shape, so that nothing else reaches the database.</summary>
    public static byte[]? Hash(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && AccessToken.Hash(text[Prefix.Length..]) is not null
            ? SHA256.HashData(Encoding.ASCII.GetBytes(text))
            : null;
}
