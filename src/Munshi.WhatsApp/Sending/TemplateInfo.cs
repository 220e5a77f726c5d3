namespace Munshi.WhatsApp.Sending;

/// <summary>A message template as the account has it.</summary>
/// <param name="Name">Lower case letters, digits and underscores.</param>
/// <param name="Language">For example <c>en</c> or <c>en_US</c>.</param>
/// <param name="Category"><c>UTILITY</c>, <c>MARKETING</c>, <c>AUTHENTICATION</c>; new words appear.</param>
/// <param name="Status"><c>APPROVED</c>, <c>PENDING</c>, <c>REJECTED</c>, <c>PAUSED</c>, <c>DISABLED</c>; new words appear.</param>
/// <param name="Components">JSON: an array, without the examples.</param>
public sealed record TemplateInfo(string Name, string Language, string Category, string Status, string Components);
