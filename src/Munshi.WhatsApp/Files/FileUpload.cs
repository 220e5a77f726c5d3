using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Files;

/// <summary>How an upload ended. It is no message: what failed may be done again.</summary>
/// <remarks><see cref="object.ToString"/> is fit for a log.</remarks>
public abstract record FileUpload
{
    private FileUpload()
    {
    }

    public sealed override string ToString() => this is Failed failed ? $"Failed {{ {failed.Outcome} }}" : GetType().Name;

    /// <param name="FileId">Meta's, 1 to 64 digits, good for 30 days.</param>
    public sealed record Kept(string FileId) : FileUpload;

    /// <param name="Outcome">What it means for the message that waits for the file: refused, or not sent.</param>
    public sealed record Failed(SendOutcome Outcome) : FileUpload;
}
