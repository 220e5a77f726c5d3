namespace Munshi.WhatsApp.Webhooks.Cards;

/// <summary>Each part at most 512 UTF-16 units.</summary>
public sealed record ContactOrganization(string? Company, string? Department, string? Title) : PayloadPart;
