using System.Globalization;
using Munshi.Knowledge;
using Munshi.WhatsApp.Sending;

namespace Munshi.Responder;

/// <summary>Finds what a message chooses: by the id that the provider tells, or typed right after the offer as its number or title.</summary>
/// <remarks>An id counts only where our own message in this conversation offered it.</remarks>
internal static class Choices
{
    /// <summary>The words for "yes, that was it" and for "no", as typed; folded.</summary>
    private static readonly HashSet<string> YesWords = Folded(
        "yes, yes thanks, yes thank you, yep, ya, yeah, ok, okay, ok thanks, ok thank you, okk, thanks, thank you, thankyou, thx, ty, got it, great, perfect, thanks a lot, thank you so much, "
        + "ha, haan, han, haan ji, ji, ji haan, theek hai, thik hai, shukriya, dhanyavad, dhanyawad, hyan, hya, thik ache, dhonnobad, "
        + "हां, हाँ, जी, जी हां, हां जी, ठीक है, ओके, धन्यवाद, शुक्रिया, थैंक यू, হ্যাঁ, জি, ঠিক আছে, আচ্ছা, ওকে, ধন্যবাদ, থ্যাঙ্ক ইউ");

    /// <summary>What stands beside them without changing what they say.</summary>
    private static readonly HashSet<string> Courtesies = Words(
        "so very much a lot you it got was that all nice good super cool sir madam ji bhai didi dada bahut bohot bahot aapka apka aap ka onek apnake "
        + "बहुत आपका आप का भाई दीदी सर मैडम बढ़िया অনেক আপনাকে দাদা দিদি দারুণ");

    /// <summary>The words of <see cref="YesWords"/> that say it by themselves.</summary>
    private static readonly HashSet<string> YesTokens = [.. YesWords.SelectMany(phrase => phrase.Split(' ')).Except(Courtesies)];

    private static readonly HashSet<string> NoWords = Folded(
        "no, nope, not this, no not this, wrong, something else, show others, nahi, nahin, nahi ye nahi, kuch aur, na, "
        + "नहीं, नही, कुछ और, না, এটা না, অন্য কিছু");

    /// <returns>Null where nothing was chosen, or nothing that we offered.</returns>
    public static Choice? Of(Said message, ConversationHistory history) =>
        message.Kind == "reply" ? Tapped(message, history) : Typed(message, history);

    /// <summary>Whether it is nothing but yes or thanks, in whatever order.</summary>
    public static bool IsYes(string text)
    {
        string[] words = TextFolding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return text.Trim() == "👍"
            || YesWords.Contains(string.Join(' ', words))
            || (words.Any(YesTokens.Contains) && words.All(word => YesTokens.Contains(word) || Courtesies.Contains(word)));
    }

    private static Choice? Tapped(Said message, ConversationHistory history)
    {
        if (message.ChoiceId is not { } id)
        {
            return null;
        }

        Said? offer = message.ChoiceOf is { } offerId
            ? history.Find(offerId)
            : history.Messages.LastOrDefault(said => said.Turn < message.Turn && Offers(said, id));
        return offer is { Automatic: true, Outbound: true } && Offers(offer, id) ? new Choice(id, offer) : null;
    }

    private static Choice? Typed(Said message, ConversationHistory history)
    {
        if (message.Text is not { } text || history.JustBefore(message) is not { Automatic: true } offer)
        {
            return null;
        }

        string typed = TextFolding.Fold(text).TrimEnd();
        string? id = offer.Options is { } options ? ByNumber(options, typed) ?? ByTitle(options, typed) : null;
        id ??= history.ReplyOf(offer)?.Decision != AgentRuns.AnswerDecision ? null
            : IsYes(text) ? OptionIds.Yes
            : NoWords.Contains(typed) ? OptionIds.No
            : null;
        return id is null ? null : new Choice(id, offer);
    }

    private static bool Offers(Said said, string optionId) => said.Options?.Options.Any(option => option.Id == optionId) == true;

    private static string? ByNumber(ReplyOptions options, string typed) =>
        options is ReplyList && int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1 && number <= options.Options.Count
            ? options.Options[number - 1].Id
            : null;

    private static string? ByTitle(ReplyOptions options, string typed)
    {
        ReplyOption[] named = [.. options.Options.Where(option => typed.Length > 0 && TextFolding.Fold(option.Title).TrimEnd() == typed)];
        return named.Length == 1 ? named[0].Id : null;
    }

    private static HashSet<string> Words(string words) => [.. TextFolding.Fold(words).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static HashSet<string> Folded(string words) =>
        [.. words.Split(',').Select(word => TextFolding.Fold(word).TrimEnd()).Where(word => word.Length > 0)];
}
