namespace Munshi.Tests.Running;

/// <summary>A message of the vault, opened; with the status that is shown, or null where there is none.</summary>
internal sealed record StoredMessage(
    Guid Id, string Direction, string Source, string Kind, string? Text, long Turn, DateTimeOffset? ProviderAt, byte[]? RefersTo, string? Status, string? Reason);
