namespace Munshi.WhatsApp.Webhooks;

/// <summary>A customer has another user id; the phone number is not told.</summary>
/// <param name="Before">As the customer was known.</param>
/// <param name="Now">As the customer is known from now on.</param>
public sealed record UserIdChangedContent(CustomerIdentity Before, CustomerIdentity Now) : SystemContent;
