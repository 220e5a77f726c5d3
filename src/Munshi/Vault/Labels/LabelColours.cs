namespace Munshi.Vault.Labels;

/// <summary>The colours a label may have: names of the style sheet's, so that each is readable in both themes.</summary>
internal static class LabelColours
{
    public static IReadOnlyList<string> All { get; } = ["grey", "blue", "green", "amber", "red", "violet"];
}
