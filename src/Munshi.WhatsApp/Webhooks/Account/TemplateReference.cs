namespace Munshi.WhatsApp.Webhooks.Account;

/// <param name="Id">Meta's id, at most 512 characters.</param>
/// <param name="Name">At most 512 characters.</param>
/// <param name="Language">Such as <c>en_US</c>; at most 64 characters.</param>
public sealed record TemplateReference(string? Id, string? Name, string? Language) : PayloadPart;
