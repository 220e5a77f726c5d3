namespace Munshi.Setup;

/// <summary>What a form of the set-up is shown with after it was sent: what was wrong, and what was written, secrets excepted.</summary>
public sealed record SetupForm
{
    public const string DefaultTemplate = "hello_world";
    public const string DefaultTemplateLanguage = "en_US";

    /// <summary>The name of a text about a field.</summary>
    public string? Problem { get; init; }

    /// <summary>What Meta refused, instead of <see cref="Problem"/>.</summary>
    public SetupTrouble? Trouble { get; init; }

    /// <summary>Meta's code, with <see cref="Trouble"/>.</summary>
    public int? Code { get; init; }

    /// <summary>The public address as it was written, not checked.</summary>
    public string? Address { get; init; }

    /// <summary>Meta's id of the number, as it was written: 5 to 32 digits where it was taken.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>Meta's id of the business account, as <see cref="PhoneNumberId"/>; empty where none was given.</summary>
    public string? WabaId { get; init; }

    /// <summary>A phone number as it was written, with what people put between digits.</summary>
    public string? Recipient { get; init; }

    /// <summary>Meta's name of an approved template: small letters, digits and _.</summary>
    public string Template { get; init; } = DefaultTemplate;

    /// <summary>A code such as <c>en</c> or <c>en_US</c>.</summary>
    public string TemplateLanguage { get; init; } = DefaultTemplateLanguage;

    public override string ToString() => nameof(SetupForm);
}
