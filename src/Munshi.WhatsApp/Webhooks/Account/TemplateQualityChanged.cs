namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>message_template_quality_update</c>.</summary>
public sealed record TemplateQualityChanged : AccountEvent
{
    public required TemplateReference Template { get; init; }

    public QualityScore Former { get; init; }

    public QualityScore Now { get; init; }
}
