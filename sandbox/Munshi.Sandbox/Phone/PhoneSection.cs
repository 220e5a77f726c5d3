namespace Munshi.Sandbox.Phone;

/// <summary>A section of a list: the next so many of the message's options.</summary>
public sealed record PhoneSection(string? Title, int Rows);
