namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>A field with no reading of its own; the update's JSON holds it whole.</summary>
public sealed record OtherAccountEvent : AccountEvent
{
    /// <summary><c>value.event</c>; empty where it is missing.</summary>
    public string Event { get; init; } = "";
}
