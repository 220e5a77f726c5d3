using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Munshi.Access;
using Munshi.Keyring;

namespace Munshi.Media.Serving;

/// <summary>Links to files: under HMAC-SHA-256, for one workspace, file and person, for at most five minutes.</summary>
/// <remarks>A link alone opens nothing: the person's session is asked for too.</remarks>
internal sealed class MediaLinks(KeyCustodian custodian, TimeProvider clock)
{
    /// <summary>From the beginning of the minute, so that a page fetched twice within it names the same address twice.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string Purpose = "media-link";
    private const long Minute = 60;

    /// <param name="person">For whom.</param>
    /// <param name="mediaId">The file.</param>
    /// <param name="isPreview">Its small picture instead.</param>
    public string Of(SignedIn person, Guid mediaId, bool isPreview)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        long until = now - (now % Minute) + (long)Lifetime.TotalSeconds;
        string sign = Base64Url.EncodeToString(Sign(person, mediaId, isPreview, until));
        return string.Create(CultureInfo.InvariantCulture, $"/media/{mediaId}?until={until}{(isPreview ? "&as=preview" : "")}&sign={sign}");
    }

    public bool Honours(SignedIn person, Guid mediaId, bool isPreview, string? until, string? sign)
    {
        byte[] given = new byte[HMACSHA256.HashSizeInBytes];
        return long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && clock.GetUtcNow().ToUnixTimeSeconds() < seconds
            && sign is { Length: 43 }
            && Base64Url.IsValid(sign)
            && Base64Url.TryDecodeFromChars(sign, given, out int written)
            && written == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Sign(person, mediaId, isPreview, seconds));
    }

    private byte[] Sign(SignedIn person, Guid mediaId, bool isPreview, long until)
    {
        byte[] signedPart = new byte[57];
        person.ClientId.TryWriteBytes(signedPart, bigEndian: true, out _);
        mediaId.TryWriteBytes(signedPart.AsSpan(16), bigEndian: true, out _);
        person.PersonId.TryWriteBytes(signedPart.AsSpan(32), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(signedPart.AsSpan(48), until);
        signedPart[56] = isPreview ? (byte)1 : (byte)0;
        return custodian.InstallationLookup(Purpose, signedPart);
    }
}
