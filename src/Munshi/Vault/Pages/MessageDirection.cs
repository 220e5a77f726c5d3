namespace Munshi.Vault.Pages;

/// <summary>Seen from the workspace.</summary>
public enum MessageDirection
{
    In,
    Out,
}
