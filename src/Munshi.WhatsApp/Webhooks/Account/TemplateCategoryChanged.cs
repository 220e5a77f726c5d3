namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>template_category_update</c>: from <c>UTILITY</c> to <c>MARKETING</c> it costs more, and who stopped marketing no longer gets it.</summary>
public sealed record TemplateCategoryChanged : AccountEvent
{
    public required TemplateReference Template { get; init; }

    /// <summary>The category until the change.</summary>
    public string? Former { get; init; }

    /// <summary>The category from the change on.</summary>
    public string? Now { get; init; }

    /// <summary>Announced only; it happens at <see cref="EffectiveAt"/>.</summary>
    public bool IsPlanned { get; init; }

    public ProviderTime EffectiveAt { get; init; }
}
