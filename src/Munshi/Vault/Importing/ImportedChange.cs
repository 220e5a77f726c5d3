namespace Munshi.Vault.Importing;

/// <summary>What an export shows to have been done to a message that was kept before.</summary>
/// <param name="IsRevocation">Deleted for everyone; else edited.</param>
/// <param name="At">When at the latest.</param>
/// <param name="Text">An edit's words, UTF-8.</param>
internal sealed record ImportedChange(bool IsRevocation, DateTimeOffset At, byte[]? Text)
{
    public override string ToString() => nameof(ImportedChange);
}
