namespace Munshi.WhatsApp.Webhooks.Cards;

/// <param name="Link">Anything at all; at most 4,096 characters.</param>
/// <param name="Type">Such as <c>WORK</c>; at most 64 characters.</param>
public sealed record ContactLink(string? Link, string? Type) : PayloadPart;
