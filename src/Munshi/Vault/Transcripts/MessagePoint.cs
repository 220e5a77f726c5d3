namespace Munshi.Vault.Transcripts;

/// <summary>Where a message stands.</summary>
internal readonly record struct MessagePoint(Guid Id, DateTimeOffset At);
