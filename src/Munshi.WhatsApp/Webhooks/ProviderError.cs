namespace Munshi.WhatsApp.Webhooks;

/// <summary>One of Meta's errors. Only <see cref="Code"/> and <see cref="Details"/> mean something; titles change.</summary>
public sealed record ProviderError : PayloadPart
{
    /// <summary>See <see cref="Sending.GraphErrorClass"/>.</summary>
    public int? Code { get; init; }

    /// <summary>At most 256 characters.</summary>
    public string? Title { get; init; }

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? Message { get; init; }

    /// <summary><c>error_data.details</c>; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Details { get; init; }

    /// <summary>Meta's page about it, absolute or not; at most 4,096 characters.</summary>
    public string? Link { get; init; }
}
