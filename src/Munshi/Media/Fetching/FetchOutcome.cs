using Munshi.Media.Files;

namespace Munshi.Media.Fetching;

/// <summary>How one attempt to fetch a file ended. <see cref="object.ToString"/> is fit for a log.</summary>
internal abstract record FetchOutcome
{
    private FetchOutcome()
    {
    }

    public sealed override string ToString() => GetType().Name;

    /// <param name="Written">As it lies encrypted in the staged file.</param>
    /// <param name="Type">By its first bytes.</param>
    /// <param name="HashWasTold">Whether it was checked against a hash of Meta's.</param>
    internal sealed record Fetched(SealedMedia Written, MediaType Type, bool HashWasTold) : FetchOutcome;

    /// <summary>Meta says that there is no such file, or its address does.</summary>
    internal sealed record NotThere : FetchOutcome;

    /// <summary>No answer, a server's fault, too many calls, or a body that broke off.</summary>
    internal sealed record Unreachable : FetchOutcome;

    /// <summary>The token is invalid, expired or lacks a permission.</summary>
    internal sealed record TokenRefused : FetchOutcome;

    /// <summary>More than <see cref="MediaDownload.MaxBytes"/>.</summary>
    internal sealed record TooLarge : FetchOutcome;

    /// <summary>More or less than was told.</summary>
    internal sealed record WrongLength : FetchOutcome;

    /// <summary>Not the SHA-256 that was told.</summary>
    internal sealed record WrongHash : FetchOutcome;

    /// <summary>It could not be written here: no space, or a store that is away.</summary>
    internal sealed record NotKept : FetchOutcome;

    /// <summary>Meta named a host that is none of its download hosts.</summary>
    internal sealed record StrangeAddress : FetchOutcome;
}
