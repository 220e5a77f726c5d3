namespace Munshi.Audit.Pages;

/// <summary>What a verification came to, as far as the reader may know.</summary>
/// <param name="IsGood">Whether nothing was found.</param>
/// <param name="IsElsewhere">Whether the first difference is in another workspace's log; nothing more is told of it.</param>
/// <param name="Seq">The entry, in the reader's log.</param>
/// <param name="Kind">Of the first difference, in lower case with hyphens.</param>
/// <param name="Expected">A hash, a number or a plain description, in the reader's log.</param>
/// <param name="Found">The same of what stood there.</param>
public sealed record VerificationResult(bool IsGood, bool IsElsewhere, long? Seq, string? Kind, string? Expected, string? Found);
