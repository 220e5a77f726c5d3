namespace Munshi.WhatsApp.Sending;

/// <summary>One free-form text to one customer, with or without something to choose from under it.</summary>
public sealed record SendRequest
{
    /// <summary>4,096 characters, Meta's limit; counted here in UTF-16 units, the strictest reading.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>The business number's id: digits.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The system user's token.</summary>
    public required string AccessToken { get; init; }

    public required SendRecipient Recipient { get; init; }

    /// <summary>1 to <see cref="MaxTextLength"/> units.</summary>
    public required string Text { get; init; }

    /// <summary>With these <see cref="Text"/> is the body of an interactive message, and their own limits hold.</summary>
    public ReplyOptions? Options { get; init; }

    /// <summary>The <c>wamid</c> to quote.</summary>
    public string? QuotedMessageId { get; init; }

    /// <summary>Comes back in every status as <c>biz_opaque_callback_data</c>; the only way to find out what became of an uncertain send.</summary>
    public string? CallbackData { get; init; }

    public override string ToString() => nameof(SendRequest);
}
