using Munshi.Knowledge;

namespace Munshi.Tests.Knowledge;

public sealed class WordingTests
{
    [Theory]
    [InlineData("i want to talk to a human", nameof(AnswerBar.PersonWanted))]
    [InlineData("mujhe kisi se baat karni hai", nameof(AnswerBar.PersonWanted))]
    [InlineData("किसी से बात करनी है", nameof(AnswerBar.PersonWanted))]
    [InlineData("মানুষের সাথে কথা বলতে চাই", nameof(AnswerBar.PersonWanted))]
    [InlineData("saree phata hua aaya", nameof(AnswerBar.Complaint))]
    [InlineData("খারাপ শাড়ি", nameof(AnswerBar.Complaint))]
    [InlineData("you don't deliver", nameof(AnswerBar.Negation))]
    [InlineData("you don’t deliver", nameof(AnswerBar.Negation))]
    [InlineData("delivery nahin hui", nameof(AnswerBar.Negation))]
    [InlineData("डिलीवरी नहीं हुई", nameof(AnswerBar.Negation))]
    [InlineData("ডেলিভারি হয়নি", nameof(AnswerBar.Negation))]
    [InlineData("price? delivery?", nameof(AnswerBar.SeveralQuestions))]
    [InlineData("payment kar diya", nameof(AnswerBar.Statement))]
    [InlineData("price batao na", nameof(AnswerBar.None))]
    [InlineData("দাম বলুন না", nameof(AnswerBar.None))]
    [InlineData("cod hai ya nahi", nameof(AnswerBar.None))]
    [InlineData("ya nahi milega", nameof(AnswerBar.Negation))]
    [InlineData("ডেলিভারি হবে কি না", nameof(AnswerBar.None))]
    [InlineData("price???", nameof(AnswerBar.None))]
    [InlineData("hello? price?", nameof(AnswerBar.None))]
    [InlineData("what time do you open", nameof(AnswerBar.None))]
    public void Wording_that_needs_a_person_is_recognised(string question, string expected) =>
        Assert.Equal(Enum.Parse<AnswerBar>(expected), Wording.BarOf(question, TextFolding.Words(question)));

    [Fact]
    public void A_barred_question_is_never_answered_even_word_for_word()
    {
        FaqIndex index = new([new FaqEntry { Id = "late", Question = "My parcel has not come", Answer = "Write to us." }]);

        Assert.Equal(FaqDecision.Menu, index.Rank("My parcel has not come").Decision);
    }

    [Fact]
    public void Who_wants_a_person_is_offered_no_menu() =>
        Assert.Equal(FaqDecision.None, new FaqIndex(SampleFaq.Entries).Rank("call me about delivery charges").Decision);
}
