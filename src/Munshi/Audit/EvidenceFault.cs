namespace Munshi.Audit;

/// <summary>What stands beside a record (an index, a reference) and is not what the record says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Expected">As made from the record; names nobody.</param>
/// <param name="Found">As it stands.</param>
internal sealed record EvidenceFault(FindingKind Kind, string Expected, string Found);
