namespace Munshi.WhatsApp.Webhooks;

/// <summary>Which part of the subscription handshake was wrong.</summary>
public enum SubscriptionRefusal
{
    /// <summary><c>hub.mode</c> is not <c>subscribe</c>.</summary>
    Mode,

    /// <summary><c>hub.verify_token</c> is missing or another.</summary>
    Token,

    /// <summary><c>hub.challenge</c> is missing, too long or not visible ASCII.</summary>
    Challenge,
}
