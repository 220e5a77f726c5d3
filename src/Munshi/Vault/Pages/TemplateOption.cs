using Munshi.WhatsApp.Sending;

namespace Munshi.Vault.Pages;

/// <summary>A template that may be sent in this conversation.</summary>
public sealed record TemplateOption(Guid Id, TemplateInfo Info, TemplateWording Wording);
