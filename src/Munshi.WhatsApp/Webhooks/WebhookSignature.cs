using System.Buffers;
using System.Security.Cryptography;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>The <c>X-Hub-Signature-256</c> header: <c>sha256=</c> and the HMAC-SHA256 of the raw body in 64 lower-case hex digits.</summary>
public static class WebhookSignature
{
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Scheme = "sha256=";
    private const int DigestChars = 2 * HMACSHA256.HashSizeInBytes;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether the body was signed with this app secret. Allocates nothing; the digests are compared in constant time.</summary>
    /// <param name="body">The bytes as received, before any parsing.</param>
    /// <param name="header">The header's whole value. Anything but the documented form is no match.</param>
    /// <param name="appSecret">The Meta app secret, UTF-8. An empty one matches nothing.</param>
    public static bool Matches(ReadOnlySpan<byte> body, ReadOnlySpan<char> header, ReadOnlySpan<byte> appSecret)
    {
        if (appSecret.IsEmpty
            || header.Length != Scheme.Length + DigestChars
            || !header.StartsWith(Scheme, StringComparison.Ordinal)
            || header[Scheme.Length..].ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Convert.FromHexString(header[Scheme.Length..], claimed, out _, out _);
        HMACSHA256.HashData(appSecret, body, actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual);
    }

    /// <inheritdoc cref="Matches(ReadOnlySpan{byte}, ReadOnlySpan{char}, ReadOnlySpan{byte})"/>
    public static bool Matches(ReadOnlySpan<byte> body, string? header, ReadOnlySpan<byte> appSecret) =>
        Matches(body, header.AsSpan(), appSecret);

    /// <summary>The header's value for a body.</summary>
    /// <exception cref="ArgumentException"><paramref name="appSecret"/> is empty: anyone could make that signature.</exception>
    public static string Sign(ReadOnlySpan<byte> body, ReadOnlySpan<byte> appSecret)
    {
        if (appSecret.IsEmpty)
        {
            throw new ArgumentException("The app secret is empty.", nameof(appSecret));
        }

        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(appSecret, body, digest);
        return string.Concat(Scheme, Convert.ToHexStringLower(digest));
    }
}
