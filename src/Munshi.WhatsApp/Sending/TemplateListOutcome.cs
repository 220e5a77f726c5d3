namespace Munshi.WhatsApp.Sending;

/// <summary>What Graph says of an account's templates.</summary>
public abstract record TemplateListOutcome
{
    private TemplateListOutcome()
    {
    }

    /// <param name="Templates">All of them, at most <see cref="GraphTemplates.Most"/>.</param>
    public sealed record Listed(IReadOnlyList<TemplateInfo> Templates) : TemplateListOutcome;

    /// <param name="Code">Graph's <c>error.code</c>, or <see cref="GraphErrorClass.NoCode"/>.</param>
    public sealed record Refused(int Code) : TemplateListOutcome;

    /// <summary>There was no answer, or none that can be read: what is known stays.</summary>
    public sealed record Unreachable : TemplateListOutcome;
}
