using System.Buffers.Text;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A file at Meta. Its id can be looked up for 7 days; what the webhook says of it is to be checked against the bytes.</summary>
public sealed record MediaFile : PayloadPart
{
    private const int DigestBytes = 32;

    /// <summary>Meta's id, at most 512 characters; without it the file cannot be fetched.</summary>
    public string? Id { get; init; }

    /// <summary>As the sender's device named it, such as <c>audio/ogg; codecs=opus</c>; at most 512 UTF-16 units.</summary>
    public string? MimeType { get; init; }

    /// <summary>As given: 64 hex digits in Meta's examples, 44 characters of base64 seen elsewhere; at most 512 characters.</summary>
    public string? Sha256 { get; init; }

    /// <summary>A download address that lives 5 minutes and needs the token; not always given, at most 4,096 characters.</summary>
    public string? Link { get; init; }

    /// <summary>The 32 bytes of <see cref="Sha256"/>; null where it is missing or neither of its two forms.</summary>
    public byte[]? Digest()
    {
        byte[] digest = new byte[DigestBytes];
        bool isDigest = Sha256?.Length switch
        {
            2 * DigestBytes => Convert.FromHexString(Sha256, digest, out _, out _) == System.Buffers.OperationStatus.Done,
            44 => Base64.IsValid(Sha256, out int length) && length == DigestBytes && Convert.TryFromBase64String(Sha256, digest, out _),
            _ => false,
        };
        return isDigest ? digest : null;
    }
}
