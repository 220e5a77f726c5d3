namespace Munshi.WhatsApp.Sending;

/// <summary>What stands in one open place of a template.</summary>
/// <param name="Text">1 to <see cref="MaxLength"/> units, in one line: Meta refuses line breaks, tabs and more than four spaces in a row.</param>
/// <param name="Name">Of a template whose places have names; null where they are numbered.</param>
public sealed record TemplateParameter(string Text, string? Name = null)
{
    public const int MaxLength = 1024;

    /// <summary>Its words belong to no log.</summary>
    public override string ToString() => nameof(TemplateParameter);

    internal bool Fits => Text is { Length: >= 1 and <= MaxLength }
        && Text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0
        && !Text.Contains("     ", StringComparison.Ordinal)
        && Name is null or { Length: >= 1 and <= 64 };
}
