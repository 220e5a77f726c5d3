using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

public sealed class PhrasesTests
{
    /// <summary>A text that is sorted out at its beginning is never compared with the phrases.</summary>
    [Theory]
    [InlineData("Omitted")]
    [InlineData("Deleted")]
    [InlineData("Call")]
    [InlineData("LiveLocation")]
    [InlineData("Waiting")]
    public void No_phrase_for_a_whole_message_is_sorted_out_at_its_beginning(string name)
    {
        PhraseUse use = Enum.Parse<PhraseUse>(name);
        IEnumerable<string> texts = Phrases.Of(use)
            .Select(phrase => phrase.Text.Replace("*", "what stands there", StringComparison.Ordinal))
            .SelectMany(text => (string[])[text, text + ".", text.TrimEnd('.'), text.ToUpperInvariant(), text.Replace(".>", ">", StringComparison.Ordinal)])
            .Where(text => Phrases.Find(use, text) is not null);

        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => !Phrases.MayBePlaceholder(text));
    }

    [Theory]
    [InlineData("This is what I meant")]
    [InlineData("You are right about that")]
    [InlineData("ok")]
    public void What_people_write_is_sorted_out(string text) => Assert.False(Phrases.MayBePlaceholder(text));
}
