namespace Munshi.Vault.Pages;

/// <summary>A button or a row of a list, as the customer saw it.</summary>
public sealed record OfferedOption(string Title, string? Description);
