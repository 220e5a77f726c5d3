namespace Munshi.Channels;

/// <summary>What was seen at an app's callback. Instants in UTC, null for never.</summary>
public sealed record CallbackState
{
    /// <summary>Meta's handshake, since the verify token is what it is.</summary>
    public DateTimeOffset? HandshakeAt { get; init; }

    public long RefusedHandshakes { get; init; }

    public DateTimeOffset? RefusedHandshakeAt { get; init; }

    /// <summary>A delivery with a good signature; told to the minute.</summary>
    public DateTimeOffset? DeliveryAt { get; init; }

    /// <summary>Deliveries refused since the app secret is what it is.</summary>
    public long BadSignatures { get; init; }

    public DateTimeOffset? BadSignatureAt { get; init; }
}
