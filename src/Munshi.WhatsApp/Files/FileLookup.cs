using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Files;

/// <summary>What Graph says of a file that a webhook named.</summary>
/// <remarks><see cref="object.ToString"/> is fit for a log.</remarks>
public abstract record FileLookup
{
    private FileLookup()
    {
    }

    public sealed override string ToString() => this is Refused refused ? $"Refused {{ Code = {refused.Code}, HttpStatus = {refused.HttpStatus} }}" : GetType().Name;

    /// <param name="Link">Where it can be downloaded for 5 minutes; as given, to be checked before it is called.</param>
    /// <param name="Bytes">As told; null where it was not.</param>
    /// <param name="Digest">32 bytes, SHA-256; null where it was not told, or in neither of its two forms.</param>
    public sealed record Found(Uri Link, long? Bytes, byte[]? Digest) : FileLookup;

    /// <param name="Code">Graph's <c>error.code</c>, or <see cref="GraphErrorClass.NoCode"/>.</param>
    /// <param name="HttpStatus">The status of the answer.</param>
    public sealed record Refused(int Code, int HttpStatus) : FileLookup
    {
        /// <summary>100, "object does not exist or cannot be loaded": gone, deleted, or not this number's.</summary>
        public bool IsGone => Code == 100 || (Code == GraphErrorClass.NoCode && HttpStatus is 404 or 410);
    }

    /// <summary>There was no answer, or none that can be read.</summary>
    public sealed record Unreachable : FileLookup;
}
