namespace Munshi.Vault.Pages;

/// <summary>The template that is being filled in.</summary>
/// <param name="Option">The template.</param>
/// <param name="Values">One for each of its places, as far as they are filled in.</param>
public sealed record TemplateForm(TemplateOption Option, IReadOnlyList<string> Values);
