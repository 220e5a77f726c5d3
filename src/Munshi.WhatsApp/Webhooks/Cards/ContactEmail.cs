namespace Munshi.WhatsApp.Webhooks.Cards;

/// <param name="Address">As written; at most 512 UTF-16 units.</param>
/// <param name="Type">Such as <c>WORK</c>; at most 64 characters.</param>
public sealed record ContactEmail(string? Address, string? Type) : PayloadPart;
