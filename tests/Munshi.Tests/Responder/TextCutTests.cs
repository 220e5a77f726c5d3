using System.Globalization;
using System.Security.Cryptography;
using Munshi.Responder;

namespace Munshi.Tests.Responder;

public sealed class TextCutTests
{
    /// <summary>Words and clusters of the three scripts, emoji of several code points, spaces.</summary>
    private static readonly string[] Pieces =
    [
        "delivery", "a", "timings", "क्षत्रिय", "साड़ी", "स्त्री", "डिलीवरी", "ज्ञान", "কিন্তু", "শাড়ি", "র‍্যাপ", "বিজ্ঞাপন", "দোকান", "👩‍👩‍👧‍👦", "🇮🇳", "👍🏽", "❤️", "é", "e\u0301",
        "क्\u200dष", " ", " ", " ", "\n", ",", "(", "\ud83d",
    ];

    private static readonly char[] Viramas = ['\u094D', '\u09CD'];

    [Theory]
    [InlineData("What are your shop timings?", "What are your shop…")]
    [InlineData("Delivery time", "Delivery time")]
    [InlineData("  Delivery \n time ", "Delivery time")]
    [InlineData("Antidisestablishmentarianism?", "Antidisestablishmentari…")]
    [InlineData("Is Antidisestablishmentarianism taught?", "Is Antidisestablishment…")]
    [InlineData("123456789012345678901234", "123456789012345678901234")]
    public void A_title_ends_at_a_word_where_one_is_near(string text, string title) => Assert.Equal(title, TextCut.Line(text, 24));

    [Fact]
    public void Whatever_is_cut_fits_keeps_whole_characters_and_is_a_beginning_of_what_was_written()
    {
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, RandomNumberGenerator.GetInt32(1, 20)).Select(_ => Pieces[RandomNumberGenerator.GetInt32(Pieces.Length)] + (RandomNumberGenerator.GetInt32(3) == 0 ? " " : "")));
            int most = RandomNumberGenerator.GetInt32(2, 30);

            string cut = TextCut.Line(text, most);

            string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.True(cut.Length <= most, $"{cut.Length} of {most}: {text}");
            if (cut == line)
            {
                continue;
            }

            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            string kept = cut[..^1];
            Assert.StartsWith(kept, line, StringComparison.Ordinal);
            Assert.Contains(kept.Length, StringInfo.ParseCombiningCharacters(line).Append(line.Length));
            Assert.False(kept.Length > 0 && Viramas.Contains(kept[^1]) && line[kept.Length] != ' ', text);
        }
    }

    [Fact]
    public void A_conjunct_is_not_parted_at_its_virama() => Assert.Equal("कि…", TextCut.Line("किक्षत्रिय", 5));
}
