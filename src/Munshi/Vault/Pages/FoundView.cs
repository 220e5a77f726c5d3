namespace Munshi.Vault.Pages;

/// <summary>The conversations whose contact is called as sought.</summary>
public sealed record FoundView
{
    public required string Sought { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<FoundConversation> Rows { get; init; }

    /// <summary>Whether there are older conversations that were not looked through.</summary>
    public bool Cut { get; init; }
}
