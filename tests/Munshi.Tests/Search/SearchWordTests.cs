using Munshi.Search.Finding;

namespace Munshi.Tests.Search;

/// <summary>Which words meet.</summary>
public sealed class SearchWordTests
{
    [Theory]
    [InlineData("sarees", "Do you have cotton SAREES?")]
    [InlineData("saree", "cotton sarees in stock")]
    [InlineData("deliver", "when will you be delivering it")]
    [InlineData("cafe", "The Café is open")]
    [InlineData("किताब", "मुझे किताबें चाहिए")]
    [InlineData("दुकान", "क्या दुकान रविवार को खुली है?")]
    [InlineData("ज़रूर", "हम जरूर आएंगे")]
    [InlineData("শাড়ি", "শাড়িটা কি পাওয়া যাবে?")]
    [InlineData("দোকান", "আপনাদের দোকানের ঠিকানা")]
    [InlineData("புடவை", "பட்டு புடவை இருக்கிறதா?")]
    [InlineData("dhanyavaad", "bahut dhanyavad ji")]
    [InlineData("kiraaya", "kiraya kitna hai")]
    [InlineData("500", "only ₹500 each")]
    [InlineData("५००", "only 500 each")]
    public void A_word_is_found_in_its_other_spellings_and_inflections(string sought, string text) => Assert.True(Finds(sought, text));

    [Theory]
    [InlineData("sar", "sarees")]
    [InlineData("deliv", "delivery tomorrow")]
    [InlineData("payme", "payments")]
    [InlineData("किता", "किताबें")]
    [InlineData("দোকা", "দোকানের")]
    [InlineData("புட", "சேலை, புடவைகள்")]
    [InlineData("dhany", "dhanyavaad")]
    [InlineData("sare", "saree")]
    public void The_beginning_of_a_word_finds_it(string sought, string text) => Assert.True(Finds(sought, text));

    [Theory]
    [InlineData("banarasi", "बनारसी साड़ी")]
    [InlineData("banarasi", "বেনারসি")]
    [InlineData("बनारसी", "banarasi saree")]
    [InlineData("order", "मेरा ऑर्डर कहाँ है")]
    public void A_word_is_found_in_another_script_by_its_sound(string sought, string text) => Assert.True(Finds(sought, text));

    [Theory]
    [InlineData("sa", "sarees")]
    [InlineData("rees", "sarees")]
    [InlineData("saree blue", "a red saree")]
    [InlineData("\"red saree\"", "a saree, red")]
    [InlineData("\"cotton sar\"", "cotton sarees")]
    [InlineData("दुकान", "किताब")]
    [InlineData("cash", "case")]
    public void What_is_not_there_is_not_found(string sought, string text) => Assert.False(Finds(sought, text));

    [Fact]
    public void Words_in_quotation_marks_must_follow_each_other()
    {
        Assert.True(Finds("\"red saree\"", "the Red  saree!"));
        Assert.True(Finds("“লাল শাড়ি”", "একটা লাল শাড়ি চাই"));
        Assert.True(Finds("\"red saree\" blue", "blue, or the red saree"));
    }

    [Fact]
    public void A_single_quotation_mark_is_nothing() => Assert.True(Finds("\"cotton sar", "cotton sarees"));

    [Theory]
    [InlineData("", false)]
    [InlineData("?!", false)]
    [InlineData("\"\"", false)]
    [InlineData("one two three four five six seven eight nine ten eleven twelve", false)]
    [InlineData("one two three four five six seven eight nine ten eleven twelve thirteen", true)]
    public void More_than_twelve_words_are_too_many(string typed, bool expected)
    {
        SearchQuery.Of(typed, out bool tooLong);

        Assert.Equal(expected, tooLong);
    }

    [Fact]
    public void More_than_two_hundred_letters_are_too_many()
    {
        Assert.NotNull(SearchQuery.Of(new string('a', 200), out bool fits));
        Assert.Null(SearchQuery.Of(new string('a', 201), out bool tooLong));
        Assert.Null(SearchQuery.Of(new string('x', 10_000), out _));

        Assert.False(fits);
        Assert.True(tooLong);
    }

    [Theory]
    [InlineData("98765 43210", "9876543210")]
    [InlineData("+91 98765-43210", "919876543210")]
    [InlineData("098765", "98765")]
    [InlineData("९८७६५", "98765")]
    [InlineData("987", null)]
    [InlineData("98765 kab", null)]
    [InlineData("1234567890123456", null)]
    public void A_number_as_people_write_it_is_a_part_of_a_phone_number(string typed, string? expected) =>
        Assert.Equal(expected, SearchQuery.Of(typed, out _)!.PhonePart);

    private static bool Finds(string sought, string text)
    {
        SearchQuery query = SearchQuery.Of(sought, out _)!;
        return TextMatch.IsAllIn([TextMatch.Of(text, query)], query);
    }
}
