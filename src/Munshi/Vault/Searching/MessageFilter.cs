namespace Munshi.Vault.Searching;

/// <summary>Which messages are taken; null stands for all.</summary>
/// <param name="ContactId">Whose conversations.</param>
/// <param name="NumberId">Of which of our numbers.</param>
/// <param name="LabelId">Of conversations that wear it.</param>
/// <param name="Kinds">The provider's types.</param>
/// <param name="Outbound">Ours, or the customers'.</param>
/// <param name="From">Not before.</param>
/// <param name="Until">Before this.</param>
internal sealed record MessageFilter(
    Guid? ContactId, Guid? NumberId, Guid? LabelId, IReadOnlyList<string>? Kinds, bool? Outbound, DateTimeOffset? From, DateTimeOffset? Until);
