namespace Munshi.WhatsApp.Webhooks.Cards;

/// <param name="Number">As the sender has it written, spaces and all; at most 512 UTF-16 units.</param>
/// <param name="WhatsAppPhone">Digits with country code, where that number is on WhatsApp.</param>
/// <param name="Type">Such as <c>CELL</c>; at most 64 characters.</param>
public sealed record ContactPhone(string? Number, string? WhatsAppPhone, string? Type) : PayloadPart
{
    /// <summary>The business-scoped user id.</summary>
    public string? UserId { get; init; }
}
