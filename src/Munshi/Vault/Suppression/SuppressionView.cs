namespace Munshi.Vault.Suppression;

/// <summary>A page of those who want no messages.</summary>
/// <param name="People">Newest first.</param>
/// <param name="IsTop">Whether nothing newer stands above.</param>
/// <param name="Before">Where the next page begins; null where there is none.</param>
public sealed record SuppressionView(IReadOnlyList<SuppressedPerson> People, bool IsTop, string? Before);
