using Munshi.Responder;

namespace Munshi.Tests.Responder;

public sealed class ControlWordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" Unsubscribe! ")]
    [InlineData("बंद करो")]
    [InlineData("बन्द  करो।")]
    [InlineData("বন্ধ করুন")]
    [InlineData("நிறுத்து")]
    [InlineData("நிறுத்துங்கள்.")]
    [InlineData("બંધ કરો")]
    [InlineData("Band karo")]
    public void Stop_is_heard_in_five_scripts(string text) => Assert.Equal(ControlWord.Stop, ControlWords.Of(text));

    [Theory]
    [InlineData("start")]
    [InlineData("शुरू करें")]
    [InlineData("চালু করুন")]
    [InlineData("தொடங்கவும்")]
    [InlineData("શરૂ કરો")]
    public void Start_is_heard_in_five_scripts(string text) => Assert.Equal(ControlWord.Start, ControlWords.Of(text));

    [Theory]
    [InlineData("Talk to a person")]
    [InlineData("इंसान से बात")]
    [InlineData("মানুষ")]
    [InlineData("ஒருவருடன் பேச வேண்டும்")]
    [InlineData("કોઈની સાથે વાત કરવી છે")]
    public void A_person_is_asked_for_in_five_scripts(string text) => Assert.Equal(ControlWord.Person, ControlWords.Of(text));

    [Theory]
    [InlineData("When does the sale stop?")]
    [InlineData("दुकान बंद है क्या")]
    [InlineData("கடை எப்போது மூடும்")]
    [InlineData("દુકાન બંધ છે?")]
    public void A_question_that_holds_such_a_word_is_a_question(string text) => Assert.Equal(ControlWord.None, ControlWords.Of(text));

    /// <summary>Half a surrogate pair, and U+FFFE, which is no character; an attribute cannot hold the former.</summary>
    [Fact]
    public void A_message_that_cannot_be_normalised_is_no_control_word()
    {
        Assert.Equal(ControlWord.None, ControlWords.Of("stop\uD83D"));
        Assert.Equal(ControlWord.None, ControlWords.Of("stop\uFFFE"));
        Assert.Equal(ControlWord.Stop, ControlWords.Of("stop"));
    }
}
