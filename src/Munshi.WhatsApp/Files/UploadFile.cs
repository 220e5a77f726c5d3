namespace Munshi.WhatsApp.Files;

/// <summary>A file to be uploaded.</summary>
public sealed record UploadFile
{
    /// <summary>The business number's id: 1 to 32 digits.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The system user's token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Such as <c>image/jpeg</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its bytes from the start; read once, not disposed.</summary>
    public required Stream Content { get; init; }

    /// <summary>In bytes; it lengthens the time allowed.</summary>
    public required long Length { get; init; }

    public override string ToString() => nameof(UploadFile);
}
