namespace Munshi.WhatsApp.Webhooks;

/// <summary>The window a message was billed in; from Graph version 24 on only where an advertisement opened it.</summary>
public sealed record StatusConversation : PayloadPart
{
    /// <summary>At most 512 characters.</summary>
    public string? Id { get; init; }

    /// <summary><c>origin.type</c>, such as <c>service</c> or <c>referral_conversion</c>; at most 64 characters.</summary>
    public string? Origin { get; init; }

    /// <summary>When it ends.</summary>
    public ProviderTime ExpiresAt { get; init; }
}
