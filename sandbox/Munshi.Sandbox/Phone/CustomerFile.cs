namespace Munshi.Sandbox.Phone;

/// <summary>A file the customer sends; its content is not kept.</summary>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record CustomerFile(string Name, string ContentType, string Sha256)
{
    /// <summary>Meta's <c>type</c> for it.</summary>
    public string Kind => ContentType.Split('/')[0] switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        _ => "document",
    };
}
