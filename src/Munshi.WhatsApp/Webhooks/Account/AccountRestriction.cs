namespace Munshi.WhatsApp.Webhooks.Account;

/// <param name="Type">Such as <c>RESTRICTED_BIZ_INITIATED_MESSAGING</c>; empty where it is missing.</param>
/// <param name="ExpiresAt">When it ends; unknown for one without end.</param>
public sealed record AccountRestriction(string Type, ProviderTime ExpiresAt) : PayloadPart;
