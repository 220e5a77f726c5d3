namespace Munshi.Vault.Pages;

/// <param name="Id">The conversation.</param>
/// <param name="DisplayName">A name, or a number masked already.</param>
/// <param name="MaskedNumber">Absent where <paramref name="DisplayName"/> is the number.</param>
/// <param name="LastAt">Its last message.</param>
public sealed record FoundConversation(Guid Id, string DisplayName, string? MaskedNumber, DateTimeOffset LastAt);
