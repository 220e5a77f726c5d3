namespace Munshi.Vault;

/// <summary>An edit or a revocation of a customer's message.</summary>
/// <param name="MessageId">The message it was done to.</param>
/// <param name="IsRevocation">Whether it was deleted for everyone.</param>
/// <param name="At">When.</param>
/// <param name="Text">An edit's new words.</param>
internal sealed record MessageChange(Guid MessageId, bool IsRevocation, DateTimeOffset At, Words Text);
