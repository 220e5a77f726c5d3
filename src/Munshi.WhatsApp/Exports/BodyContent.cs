namespace Munshi.WhatsApp.Exports;

/// <summary>What a message was found to be, the app's own markers taken away.</summary>
internal readonly record struct BodyContent(
    ExportKind Kind, string Text, string? Attachment = null, MediaType Media = MediaType.Unknown, bool Edited = false)
{
    /// <summary>Whether it begins as the app's own words do, but they are not known.</summary>
    public bool IsUnknownMarker { get; init; }
}
