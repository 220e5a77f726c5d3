namespace Munshi.Verifier;

/// <summary>One thing that is not as it must be.</summary>
/// <param name="File">Where, below the export's directory.</param>
/// <param name="Seq">The entry, where it concerns one.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Expected">A hash, a number or a plain description, never personal data.</param>
/// <param name="Found">A hash, a number or a plain description, never personal data.</param>
internal sealed record Finding(string File, long? Seq, FindingKind Kind, string Expected, string Found);
