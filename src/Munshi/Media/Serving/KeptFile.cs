using Munshi.Vault.Pages.Details;

namespace Munshi.Media.Serving;

/// <summary>What is known of a message's file, for a list of files.</summary>
/// <param name="Id">The file's.</param>
/// <param name="State">Whether it is here.</param>
/// <param name="Type">By its first bytes; null where it is not here.</param>
/// <param name="Length">In bytes; null where it is not here.</param>
/// <param name="FromExport">Whether it came with an exported chat, not from WhatsApp itself.</param>
/// <param name="Hash">SHA-256 of the file, 64 hexadecimal digits; null where it is not here, or its key is gone.</param>
internal sealed record KeptFile(Guid Id, MediaState State, MediaType? Type, long? Length, bool FromExport, string? Hash)
{
    public override string ToString() => $"{nameof(KeptFile)} {Id}";
}
