namespace Munshi.Sandbox.Phone;

/// <summary>Something the customer may tap.</summary>
public sealed record PhoneOption(string Id, string Title, OptionKind Kind, string? Description = null);
