using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>Signs that another program writes: it says so, repeats itself, or answers quicker than anyone types.</summary>
internal static class BotSigns
{
    /// <summary>So many times the same words, each but the first as the next message after one of ours.</summary>
    public const int Repeats = 3;

    /// <summary>So many messages in a row, each too quick after an answer or menu of ours.</summary>
    public const int QuickRepeats = 5;

    /// <summary>Nobody reads a message and types one within this time.</summary>
    public static readonly TimeSpan TooQuick = TimeSpan.FromSeconds(2);

    private static readonly string[] SaysSo =
    [
        .. new[]
        {
            "this is an automated", "this is an automatic", "this is an auto", "this is a system generated", "this is a computer generated", "auto reply", "autoreply",
            "automated reply", "automated response", "automated message", "automatic reply", "automatic response", "automatic message", "auto generated message",
            "do not reply to this message", "please do not reply", "i am a bot", "i m a bot", "im a bot", "i am a chatbot", "i am an automated", "i am an automatic",
            "i am the automatic assistant", "i am a virtual assistant", "i am your virtual assistant", "i am an ai assistant", "i am out of office", "currently out of office",
            "thank you for contacting us", "thanks for contacting us", "we will get back to you", "we ll get back to you", "well get back to you",
            "yah ek swachalit", "ye ek automatic message", "automatic message hai", "eti ekti swayankriya", "eta automatic message",
            "यह एक स्वचालित", "यह स्वचालित", "ये एक स्वचालित", "स्वचालित संदेश", "स्वचालित उत्तर", "स्वचालित जवाब", "ऑटोमेटिक मैसेज", "ऑटो रिप्लाई", "मैं एक बॉट", "स्वचालित सहायक",
            "कृपया इस संदेश का उत्तर न दें", "हमसे संपर्क करने के लिए धन्यवाद",
            "এটি একটি স্বয়ংক্রিয়", "এটা একটি স্বয়ংক্রিয়", "স্বয়ংক্রিয় বার্তা", "স্বয়ংক্রিয় উত্তর", "স্বয়ংক্রিয় মেসেজ", "স্বয়ংক্রিয় সহায়ক", "অটো রিপ্লাই", "আমি একটি বট",
            "এই বার্তার উত্তর দেবেন না", "আমাদের সাথে যোগাযোগ করার জন্য ধন্যবাদ",
        }.Select(phrase => $" {TextFolding.Fold(phrase)}"),
    ];

    /// <param name="message">The newest message of the turn.</param>
    /// <param name="history">With the message in it.</param>
    /// <returns>A reason word; null where a person may well have written it.</returns>
    public static string? Of(Said message, ConversationHistory history)
    {
        if (message.Kind != "text" || message.Text is not { } text)
        {
            return null;
        }

        string folded = TextFolding.Fold(text);
        if (!Asks(text, folded) && SaysSo.Any(phrase => $" {folded}".Contains(phrase, StringComparison.Ordinal)))
        {
            return "other-bot-says-so";
        }

        // An impatient person repeats before we reply; a program after each reply.
        return LastAll(Repeats, said => TextFolding.Fold(said.Text ?? "") == folded)
            && LastAll(Repeats - 1, said => history.JustBefore(said) is { Automatic: true }) ? "other-bot-repeats"
            : LastAll(QuickRepeats, said => IsTooQuick(said, history)) ? "other-bot-too-quick"
            : null;

        bool LastAll(int count, Func<Said, bool> holds)
        {
            Said[] last = [.. history.Messages.Where(said => !said.Outbound && said.Turn <= message.Turn).TakeLast(count)];
            return last.Length == count && last.All(said => said.Kind == "text" && holds(said));
        }
    }

    /// <summary>"Is this an automatic reply?" is asked by people.</summary>
    private static bool Asks(string text, string folded) =>
        text.Contains('?', StringComparison.Ordinal)
        || folded.Split(' ')[0] is "is" or "are" or "kya" or "क्या" or "ki"
        || folded.Contains(" কি ", StringComparison.Ordinal);

    private static bool IsTooQuick(Said said, ConversationHistory history) =>
        history.JustBefore(said) is { Automatic: true } ours
        && history.ReplyOf(ours)?.Decision is AgentRuns.AnswerDecision or AgentRuns.MenuDecision
        && said.At >= ours.At
        && said.At - ours.At <= TooQuick;
}
