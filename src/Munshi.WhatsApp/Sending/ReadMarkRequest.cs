namespace Munshi.WhatsApp.Sending;

/// <summary>Marks a customer's message, and those before it, as read.</summary>
public sealed record ReadMarkRequest
{
    /// <summary>The business number's id: digits.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>The system user's token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The customer's <c>wamid</c>, at most 30 days old.</summary>
    public required string MessageId { get; init; }

    /// <summary>Also shows "typing…", until a reply or for 25 seconds.</summary>
    public bool Typing { get; init; }

    public override string ToString() => nameof(ReadMarkRequest);
}
