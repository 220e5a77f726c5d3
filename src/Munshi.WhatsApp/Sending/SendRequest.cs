namespace Munshi.WhatsApp.Sending;

/// <summary>One message to one customer.</summary>
public sealed record SendRequest
{
    /// <summary>The business number's id: digits.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The system user's token.</summary>
    public required string AccessToken { get; init; }

    public required SendRecipient Recipient { get; init; }

    /// <summary>Within Meta's limits (<see cref="OutboundContent.Fits"/>).</summary>
    public required OutboundContent Content { get; init; }

    /// <summary>The <c>wamid</c> to quote; a reaction quotes nothing.</summary>
    public string? QuotedMessageId { get; init; }

    /// <summary>Comes back in every status as <c>biz_opaque_callback_data</c>; the only way to find out what became of an uncertain send.</summary>
    public string? CallbackData { get; init; }

    public override string ToString() => nameof(SendRequest);
}
