using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("Price?", "price")]
    [InlineData("ＰＲＩＣＥ", "price")]
    [InlineData("sa\u200Bree", "saree")]
    [InlineData("\u202Eprice\u202C", "price")]
    [InlineData("क्\u200Dष", "क्ष")]
    [InlineData("साड़ी", "साडि")]
    [InlineData("সাড়ে", "সাডে")]
    [InlineData("५००", "500")]
    [InlineData("৫০০", "500")]
    [InlineData("௫௦௦", "500")]
    [InlineData("૫૦૦", "500")]
    [InlineData("500rs", "500 rs")]
    [InlineData("₹500", "rs 500")]
    [InlineData("don’t", "dont")]
    [InlineData("café", "cafe")]
    [InlineData("😀", "")]
    [InlineData("a😀b", "a b")]
    [InlineData("\ud800", "")]
    [InlineData("a\uFFFEb", "a b")]
    [InlineData("कहाँ", "कहां")]
    public void Spellings_of_one_word_fold_alike(string text, string expected) => Assert.Equal(expected, TextFolding.Fold(text).TrimEnd());

    [Theory]
    [InlineData("kitne", "kitna", "kitni")]
    [InlineData("saree", "sari", "sarees")]
    [InlineData("delivery", "deliveries", "delivered")]
    [InlineData("wapas", "vapas", "waapas")]
    [InlineData("phone", "fone", "phones")]
    [InlineData("closing", "close", "closed")]
    [InlineData("ऑर्डर", "ऑर्डरों", "ऑर्डरें")]
    [InlineData("দোকান", "দোকানে", "দোকানের")]
    [InlineData("অর্ডার", "অর্ডারের", "অর্ডারটা")]
    public void Inflections_share_a_key(string one, string two, string three)
    {
        string key = WordStem.Of(Folded(one));

        Assert.Equal(key, WordStem.Of(Folded(two)));
        Assert.Equal(key, WordStem.Of(Folded(three)));
    }

    [Theory]
    [InlineData("cash", "case")]
    [InlineData("code", "cod")]
    [InlineData("phone", "price")]
    [InlineData("order", "border")]
    [InlineData("दाम", "दम")]
    public void Different_words_keep_different_keys(string one, string other) =>
        Assert.NotEqual(WordStem.Of(Folded(one)), WordStem.Of(Folded(other)));

    [Theory]
    [InlineData("banarasi", "बनारसी")]
    [InlineData("delivery", "ডেলিভারি")]
    [InlineData("clinic", "ਕਲੀਨਿਕ")]
    [InlineData("doctor", "డాక్టర్")]
    public void One_word_sounds_alike_in_two_scripts(string latin, string indic) =>
        Assert.Equal(SoundSkeleton.Of(Folded(latin)), SoundSkeleton.Of(Folded(indic)));

    [Fact]
    public void Only_the_first_two_thousand_characters_are_read()
    {
        Assert.Equal(TextFolding.MaxLength, TextFolding.Bound(new string('a', 5_000)).Length);
        Assert.Equal(new string('a', 1_999) + " ", TextFolding.Bound(new string('a', 1_999) + "😀"));
    }

    [Fact]
    public void No_shop_word_means_two_things() => Assert.Empty(ConceptTable.Conflicts());

    private static string Folded(string word) => TextFolding.Fold(word).TrimEnd();
}
