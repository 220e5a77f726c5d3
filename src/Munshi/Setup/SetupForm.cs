namespace Munshi.Setup;

/// <summary>What a form of the set-up is shown with after it was sent: what was wrong, and what was written, secrets excepted.</summary>
public sealed record SetupForm
{
    public const string DefaultTemplate = "hello_world";
    public const string DefaultTemplateLanguage = "en_US";

    /// <summary>The name of a text about a field.</summary>
    public string? Problem { get; init; }

    public SetupTrouble? Trouble { get; init; }

    /// <summary>Meta's code, with <see cref="Trouble"/>.</summary>
    public int? Code { get; init; }

    public string? Address { get; init; }

    public string? PhoneNumberId { get; init; }

    public string? WabaId { get; init; }

    public string? Recipient { get; init; }

    public string Template { get; init; } = DefaultTemplate;

    public string TemplateLanguage { get; init; } = DefaultTemplateLanguage;

    public override string ToString() => nameof(SetupForm);
}
