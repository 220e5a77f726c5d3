using Munshi.Search.Words;

namespace Munshi.Search.Finding;

/// <summary>One word that is sought, or several that must follow each other.</summary>
/// <param name="Words">At least one.</param>
/// <param name="IsWhole">Whether the beginning of a word is not enough: it stood in quotation marks.</param>
internal sealed record SearchTerm(IReadOnlyList<SearchWord> Words, bool IsWhole)
{
    public override string ToString() => nameof(SearchTerm);
}
