namespace Munshi.WhatsApp.Webhooks;

/// <summary>A customer has another phone number, and with it another user id; no other update links the two.</summary>
/// <param name="Before">As the customer was known; the message's sender.</param>
/// <param name="Now">As the customer is known from now on.</param>
public sealed record NumberChangedContent(CustomerIdentity Before, CustomerIdentity Now) : SystemContent;
