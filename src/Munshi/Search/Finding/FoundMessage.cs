using Munshi.Search.Pages;
using Munshi.Vault.Searching;

namespace Munshi.Search.Finding;

/// <param name="Message">The message.</param>
/// <param name="Place">Its place in the index.</param>
/// <param name="Snippet">The part that shows what was found.</param>
/// <param name="IsEarlierWording">Whether that is what it said before it was edited, or a name beside the words.</param>
/// <param name="Score">Higher for what fits better.</param>
internal sealed record FoundMessage(SearchedMessage Message, long Place, IReadOnlyList<SnippetPart> Snippet, bool IsEarlierWording, double Score)
{
    /// <summary>Null where the message as it stands does not hold what is sought.</summary>
    public static FoundMessage? Of(SearchedMessage message, long place, SearchQuery query)
    {
        TextMatch[] matches = [.. message.Texts.Select(text => TextMatch.Of(text, query))];
        if (!TextMatch.IsAllIn(matches, query))
        {
            return null;
        }

        int shown = Array.FindIndex(matches, match => match.Marks.Count > 0);
        double length = 2 + message.Texts.Sum(text => text.Length);
        return new FoundMessage(
            message, place, Snippets.Of(message.Texts[shown], matches[shown].Marks), shown > 0, matches.Sum(match => match.Score) / Math.Log(length));
    }

    public override string ToString() => $"{nameof(FoundMessage)} {Message.Id}";
}
