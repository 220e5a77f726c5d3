namespace Munshi.Vault.Labels;

internal static class WornLabels
{
    /// <summary>Those of a workspace's labels that a conversation wears, in the order of <paramref name="ids"/>; one that is retired is left out.</summary>
    public static IReadOnlyList<Label> Of(this IReadOnlyList<Label> own, IReadOnlyList<Guid> ids) =>
        ids.Count == 0 ? [] : [.. ids.Select(id => own.FirstOrDefault(label => label.Id == id)).OfType<Label>()];
}
