namespace Munshi.Search.Pages;

/// <param name="Text">As it was written.</param>
/// <param name="IsFound">Whether it is what was sought.</param>
public sealed record SnippetPart(string Text, bool IsFound)
{
    public override string ToString() => nameof(SnippetPart);
}
