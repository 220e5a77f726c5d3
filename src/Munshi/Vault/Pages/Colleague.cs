namespace Munshi.Vault.Pages;

/// <summary>Somebody to whom the viewer can give a conversation.</summary>
/// <param name="PersonId">A member of the workspace.</param>
/// <param name="Name">As the workspace calls them.</param>
public sealed record Colleague(Guid PersonId, string Name)
{
    public override string ToString() => $"{nameof(Colleague)} {PersonId}";
}
