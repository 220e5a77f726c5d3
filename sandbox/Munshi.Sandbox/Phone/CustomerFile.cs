using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Phone;

/// <summary>A file the customer sends.</summary>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record CustomerFile(string Name, string ContentType, string Sha256, byte[] Content)
{
    public FileRole Role { get; init; }

    /// <summary>Whether a sticker moves.</summary>
    public bool IsMoving { get; init; }

    /// <summary>Where the sandbox's pages have it; null for a file of the user's.</summary>
    public string? Picture { get; init; }

    /// <summary>Meta's <c>type</c> for it.</summary>
    public string Kind => Role switch
    {
        FileRole.Sticker => "sticker",
        FileRole.Voice => "audio",
        _ => ContentType.Split('/')[0] switch
        {
            "image" => "image",
            "audio" => "audio",
            "video" => "video",
            _ => "document",
        },
    };
}
