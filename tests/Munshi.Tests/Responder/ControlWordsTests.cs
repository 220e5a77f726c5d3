using Munshi.Responder;

namespace Munshi.Tests.Responder;

public sealed class ControlWordsTests
{
    /// <summary>Half a surrogate pair, and U+FFFE, which is no character; an attribute cannot hold the former.</summary>
    [Fact]
    public void A_message_that_cannot_be_normalised_is_no_control_word()
    {
        Assert.Equal(ControlWord.None, ControlWords.Of("stop\uD83D"));
        Assert.Equal(ControlWord.None, ControlWords.Of("stop\uFFFE"));
        Assert.Equal(ControlWord.Stop, ControlWords.Of("stop"));
    }
}
