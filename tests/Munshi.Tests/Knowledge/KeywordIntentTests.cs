using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

public sealed class KeywordIntentTests
{
    private const string Faq = """
        {"id":"timings","question":"What are your timings?","answer":"9 to 9."}
        {"id":"sunday","question":"Are you open on Sunday?","answer":"No."}
        {"id":"place","question":"Where is your shop?","answer":"Kadam Road (fictitious)."}
        {"id":"price","question":"Price?","answer":"From Rs 100."}
        {"id":"delivery","question":"Do you deliver?","answer":"Yes."}
        {"id":"abroad","question":"Do you deliver abroad?","answer":"No."}
        {"id":"pay","question":"How can I pay?","answer":"Cash or UPI."}
        {"id":"status","question":"Where is my order?","answer":"Send its number."}
        {"id":"return","question":"Can I return something?","answer":"Within 7 days."}
        {"id":"list","question":"Do you have a catalogue?","answer":"Yes, ask for it."}
        {"id":"offers","question":"Any discount?","answer":"10 %."}
        """;

    private static readonly FaqIndex Index = new(SampleFaq.Parse(Faq));

    [Theory]
    [InlineData("timing", "timings")]
    [InlineData("Shop timing plz", "timings")]
    [InlineData("opning tymings", "timings")]
    [InlineData("टाइमिंग", "timings")]
    [InlineData("দোকান খোলা", "timings")]
    [InlineData("dukan kab khulti hai", "timings")]
    [InlineData("adress", "place")]
    [InlineData("पता", "place")]
    [InlineData("ঠিকানা", "place")]
    [InlineData("dukan kahan", "place")]
    [InlineData("location plz", "place")]
    [InlineData("kitne ka", "price")]
    [InlineData("दाम", "price")]
    [InlineData("দাম কত", "price")]
    [InlineData("delivry", "delivery")]
    [InlineData("home delivery", "delivery")]
    [InlineData("होम डिलीवरी", "delivery")]
    [InlineData("ডেলিভারি", "delivery")]
    [InlineData("payment", "pay")]
    [InlineData("भुगतान", "pay")]
    [InlineData("পেমেন্ট", "pay")]
    [InlineData("order status", "status")]
    [InlineData("order kahan hai", "status")]
    [InlineData("ट्रैकिंग", "status")]
    [InlineData("retrun", "return")]
    [InlineData("वापसी", "return")]
    [InlineData("ফেরত", "return")]
    [InlineData("catalog", "list")]
    [InlineData("कैटलॉग", "list")]
    [InlineData("offers", "offers")]
    [InlineData("छूट", "offers")]
    [InlineData("ছাড়", "offers")]
    public void Keywords_alone_lead_to_the_owners_entry(string text, string entry)
    {
        FaqRanking ranking = Index.Rank(text);

        Assert.Equal((FaqDecision.Answer, entry), (ranking.Decision, ranking.Ranked[0].Id));
    }

    [Theory]
    [InlineData("exchange")] // related to return, not the same
    [InlineData("delivery abroad price")]
    [InlineData("delivery nahi hui")]
    [InlineData("payment delivery")]
    public void What_no_entry_was_written_for_is_not_answered(string text) => Assert.NotEqual(FaqDecision.Answer, Index.Rank(text).Decision);

    [Fact]
    public void Two_entries_for_the_same_ask_are_offered_first()
    {
        FaqIndex index = new([.. SampleFaq.Parse(Faq), new FaqEntry { Id = "hours-2", Question = "When is the shop open?", Answer = "Ask us." }]);

        FaqRanking ranking = index.Rank("shop timing");

        Assert.Equal(FaqDecision.Menu, ranking.Decision);
        Assert.Equal(["hours-2", "timings"], ranking.Ranked.Take(2).Select(entry => entry.Id).Order());
    }
}
