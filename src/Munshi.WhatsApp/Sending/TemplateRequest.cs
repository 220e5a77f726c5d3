namespace Munshi.WhatsApp.Sending;

/// <summary>One approved template without parameters to one customer; allowed outside the 24-hour window.</summary>
public sealed record TemplateRequest
{
    /// <summary>The business number's id: digits.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The system user's token.</summary>
    public required string AccessToken { get; init; }

    public required SendRecipient Recipient { get; init; }

    /// <summary>As approved by Meta, for example <c>hello_world</c>; 1 to 512 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The language it was approved in, for example <c>en_US</c>.</summary>
    public required string LanguageCode { get; init; }

    /// <summary>Comes back in every status as <c>biz_opaque_callback_data</c>.</summary>
    public string? CallbackData { get; init; }

    public override string ToString() => nameof(TemplateRequest);
}
