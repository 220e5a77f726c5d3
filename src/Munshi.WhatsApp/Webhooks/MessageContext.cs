namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a message answers or where it came from.</summary>
/// <param name="QuotedId">The <c>wamid</c> quoted or answered; it may be one never received.</param>
/// <param name="Forwarded">Forwarded up to five times.</param>
/// <param name="FrequentlyForwarded">Forwarded more than five times.</param>
public sealed record MessageContext(string? QuotedId, bool Forwarded, bool FrequentlyForwarded) : PayloadPart
{
    /// <summary>Who wrote what is quoted: digits with country code.</summary>
    public string? QuotedFrom { get; init; }

    /// <summary>The catalogue's product that the message is about.</summary>
    public ReferredProduct? Product { get; init; }
}
