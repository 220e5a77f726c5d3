namespace Munshi.WhatsApp.Webhooks;

/// <summary>A customer's security code changed: WhatsApp was set up anew, on this or another device. Phone number and user id are the same.</summary>
/// <param name="IdentityKeyHash">The new one, for <c>recipient_identity_key_hash</c>; at most 512 characters.</param>
public sealed record IdentityChangedContent(string? IdentityKeyHash) : SystemContent;
