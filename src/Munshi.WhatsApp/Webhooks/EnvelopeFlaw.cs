namespace Munshi.WhatsApp.Webhooks;

/// <summary>Why a delivery could not be split.</summary>
public enum EnvelopeFlaw
{
    /// <summary>Not UTF-8, not JSON (RFC 8259), or nested deeper than 64.</summary>
    NotJson,

    /// <summary>The root is not an object with an <c>entry</c> array.</summary>
    NotADelivery,

    /// <summary>More than <see cref="WebhookEnvelope.MaxUpdates"/> updates.</summary>
    TooManyUpdates,

    /// <summary>The updates together exceed <see cref="WebhookEnvelope.MaxTotalBytes"/>: shared parts were made to multiply.</summary>
    TooLarge,
}
