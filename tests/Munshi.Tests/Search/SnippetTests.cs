using Munshi.Search.Finding;
using Munshi.Search.Pages;

namespace Munshi.Tests.Search;

/// <summary>What is shown of a message that was found.</summary>
public sealed class SnippetTests
{
    [Theory]
    [InlineData("saree", "Two cotton SAREES, please", "SAREES")]
    [InlineData("किताब", "मुझे किताबें चाहिए", "किताबें")]
    [InlineData("শাড়ি", "লাল শাড়িটা দিন", "শাড়িটা")]
    [InlineData("புட", "பட்டு புடவை", "புடவை")]
    [InlineData("banarasi", "लाल बनारसी", "बनारसी")]
    [InlineData("dont", "I don’t know", "don’t")]
    public void The_words_as_they_were_written_are_marked(string sought, string text, string marked) =>
        Assert.Equal([marked], Of(sought, text).Where(part => part.IsFound).Select(part => part.Text));

    [Fact]
    public void All_of_a_short_text_is_shown() => Assert.Equal("A red saree 👍.", string.Concat(Of("saree", "A red saree 👍.").Select(part => part.Text)));

    [Fact]
    public void Of_a_long_text_the_words_around_the_first_mark_are_shown()
    {
        string text = string.Join(' ', Enumerable.Repeat("before", 100)) + " needle " + string.Join(' ', Enumerable.Repeat("after", 100));

        IReadOnlyList<SnippetPart> parts = Of("needle", text);

        string shown = string.Concat(parts.Select(part => part.Text));
        Assert.InRange(shown.Length, 200, 240);
        Assert.StartsWith("…before ", shown, StringComparison.Ordinal);
        Assert.EndsWith(" after…", shown, StringComparison.Ordinal);
        Assert.Equal("needle", Assert.Single(parts, part => part.IsFound).Text);
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        string text = string.Concat(Enumerable.Repeat("👍", 300)) + "needle" + string.Concat(Enumerable.Repeat("👍", 300));

        string shown = string.Concat(Of("needle", text).Select(part => part.Text));

        Assert.Contains("needle", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public void Words_without_a_space_between_them_are_shown_to_a_bound()
    {
        string text = new string('அ', 5_000) + " needle";

        Assert.InRange(Of("needle", text).Sum(part => part.Text.Length), 6, 240);
    }

    private static IReadOnlyList<SnippetPart> Of(string sought, string text) =>
        Snippets.Of(text, TextMatch.Of(text, SearchQuery.Of(sought, out _)!).Marks);
}
