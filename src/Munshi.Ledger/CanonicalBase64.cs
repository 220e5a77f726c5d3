using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Munshi.Ledger;

/// <summary>Standard base64 (RFC 4648, section 4) in the one form that an encoder writes: padded, without white space, unused bits zero.</summary>
internal static class CanonicalBase64
{
    private static readonly SearchValues<byte> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0 || text.ContainsAnyExcept(Characters))
        {
            return false;
        }

        int padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        byte[] decoded = new byte[(text.Length / 4 * 3) - padding];
        if (Base64.DecodeFromUtf8(text, decoded, out _, out int length) != OperationStatus.Done || length != decoded.Length)
        {
            return false;
        }

        // Decoders differ in whether unused bits may be set: what was read must be what is written for it. This copy may be of a private key.
        byte[] encoded = new byte[text.Length];
        OperationStatus status = Base64.EncodeToUtf8(decoded, encoded, out _, out _);
        bool canonical = status == OperationStatus.Done && text.SequenceEqual(encoded);
        CryptographicOperations.ZeroMemory(encoded);
        bytes = canonical ? decoded : null;
        return canonical;
    }

    /// <summary>As <see cref="TryDecode(ReadOnlySpan{byte}, out byte[])"/>, without memory of its own. What is decoded may lie in the destination even where it is refused.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="destination">At least three bytes for every four of the text.</param>
    /// <param name="written">The length of what was decoded.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length % 4 != 0 || Base64.DecodeFromUtf8(text, destination, out _, out written) != OperationStatus.Done)
        {
            return false;
        }

        int padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        if (padding == 0)
        {
            // The decoder passes over white space, and then writes less.
            return written == text.Length / 4 * 3;
        }

        Span<byte> last = stackalloc byte[4]; // only there may be unused bits
        return written == (text.Length / 4 * 3) - padding
            && Base64.EncodeToUtf8(destination[(written - 3 + padding)..written], last, out _, out _) == OperationStatus.Done
            && text.EndsWith(last);
    }
}
