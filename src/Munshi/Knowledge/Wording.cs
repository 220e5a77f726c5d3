namespace Munshi.Knowledge;

/// <summary>Finds what in a question's wording forbids a machine's answer.</summary>
internal static class Wording
{
    private const int MaxWords = 4;

    private static readonly HashSet<string> Negations = Phrases("""
        not, no, dont, doesnt, didnt, cant, cannot, wont, isnt, arent, havent, hasnt, never, without, wasnt, couldnt, wouldnt, shouldnt, neither, nobody, nothing, none, unable, instead of
        nahi, nahin, nai, nhi, nahee, mat, mana, bina, nehi, noy, nei, hoyni, paini, asheni, aseni, jayni, illa, illai, vendam, na
        नहीं, नही, मत, बिना, ना, न, না, নেই, নয়, হয়নি, পাইনি, আসেনি, যায়নি, ছাড়াই, নাই, করবেন না, করেননি, দেননি
        """);

    /// <summary>After these, "na" asks for agreement and negates nothing: "batao na", "hai na", "বলুন না".</summary>
    private static readonly HashSet<string> BeforeAskingNa = Phrases("""
        batao, bata do, bolo, bataiye, hai, hain, do, dijiye, dikhao, karo, suno, please, bolun, den, din, janan, dekhan, ache, achhe, kijiye, milega, hoga
        बताओ, बताइए, बोलो, है, हैं, दो, दीजिए, दिखाओ, करो, मिलेगा, বলুন, দিন, জানান, দেখান, আছে
        """);

    /// <summary>Before a closing "not" they offer a choice and negate nothing: "hai ya nahi", "হবে কি না".</summary>
    private static readonly HashSet<string> BeforeOrNot = Phrases("or, ya, ki, या, कि, কি");

    private static readonly HashSet<string> Complaints = Phrases("""
        complaint, complain, worst, bad, terrible, horrible, pathetic, useless, cheat, cheated, cheating, fraud, scam, fake, wrong, missing, delayed, delay, waiting since, still waiting, disappointed, angry, damaged, defective, torn, broken, problem, issue, poor quality, not happy, lost, stolen, legal action, consumer court, police, double charged, charged twice, deducted, failed, stuck, rude, disgusting, ridiculous, nonsense, refund my, return my money
        shikayat, shikayet, bekar, bakwas, ghatiya, dhokha, dhoka, thagi, chor, kharab, phata, fata, galat, tuta, toota, pareshan, gussa, naraz, bhul, obhijog, ovijog, nosto, chhera, baje service, thokiye, kat gaya, kat gaye, der ho
        शिकायत, बेकार, बकवास, घटिया, धोखा, खराब, फटा, फटी, गलत, टूटा, टूटी, परेशान, नाराज, कट गया, कट गए, ठगी, देर हो
        অভিযোগ, খারাপ, বাজে, নষ্ট, ছেঁড়া, ভুল, ভাঙা, ঠকানো, ঠকিয়েছেন, দেরি, রাগ, প্রতারণা, জালিয়াতি, কেটে নিয়েছে
        """);

    private static readonly HashSet<string> PersonRequests = Phrases("""
        human, real person, live person, actual person, a person, live agent, agent, representative, executive, customer care, customer support, customer service, manager, talk to someone, speak to someone, talk to a, speak to a, speak with, talk with, talk to, speak to, chat with, connect me, call me, call me back, callback, call back, give me a call, someone call, your owner, the owner, not a bot, are you a bot, are you bot, you a robot, operator, staff member
        insaan, insan se, aadmi se, admi se, kisi se baat, baat karni, baat karna, baat karwa, baat karao, baat karo, baat ho sakti, baat kar sakta, baat kar sakte, call karo, call kijiye, call kar do, call karna, call karen, phone karo, malik, owner se, manager se, manush, kotha bolte, kotha bolbo, kotha bola, call korun, phone korun, pesanum
        इंसान, बात करनी, बात करना, बात करवा, बात कराओ, बात कराइए, बात कर सकता, बात कर सकते, बात हो सकती, किसी से बात, कॉल करें, कॉल करो, कॉल कीजिए, फोन करो, फोन करें, मालिक, मैनेजर, कस्टमर केयर, एजेंट
        মানুষ, মানুষের সাথে, কথা বলতে, কথা বলব, কথা বলবো, কথা বলা, কল করুন, ফোন করুন, মালিক, ম্যানেজার, কাস্টমার কেয়ার, এজেন্ট
        """);

    private static readonly HashSet<string> Statements = Phrases("""
        already, i paid, i returned, i cancelled, i canceled, i received, i ordered, i booked, i sent, i exchanged, i got, have paid, have returned, have cancelled, have canceled, have received, have ordered, have sent, have booked, have exchanged, we paid, we ordered, ive paid, ive ordered, ive sent, will pay, ill pay
        kar diya, kar di, kar diye, kardiya, krdiya, ho gaya, ho gayi, hogaya, de diya, bhej diya, kar chuka, kar chuki, aa gaya, aa gayi, mil gaya, mil gayi, kore diyechi, korechi, peyechi, diyechi, diye diyechi
        कर दिया, कर दी, हो गया, हो गई, दे दिया, भेज दिया, मिल गया, मिल गई, आ गया, कर चुका, कर चुकी
        দিয়েছি, করেছি, পেয়েছি, পাঠিয়েছি, দিয়ে দিয়েছি, হয়ে গেছে
        """);

    public static AnswerBar BarOf(string question, IReadOnlyList<FoldedWord> words)
    {
        if (Any(words, PersonRequests))
        {
            return AnswerBar.PersonWanted;
        }

        if (Any(words, Complaints))
        {
            return AnswerBar.Complaint;
        }

        if (Negated(words))
        {
            return AnswerBar.Negation;
        }

        if (Any(words, Statements))
        {
            return AnswerBar.Statement;
        }

        return AsksTwice(question) ? AnswerBar.SeveralQuestions : AnswerBar.None;
    }

    /// <summary>Two parts closed by question marks, each with a subject.</summary>
    private static bool AsksTwice(string question)
    {
        string[] parts = question.Split('?', '？', '؟');
        return parts.Length > 2 && parts[..^1].Count(part => QuestionUnit.Read(TextFolding.Words(part)).Count > 0) > 1;
    }

    private static bool Negated(IReadOnlyList<FoldedWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            bool asksAgreement = i > 0 && words[i].Text is "na" or "ना" or "না" && BeforeAskingNa.Contains(words[i - 1].Text);
            bool offersChoice = i > 0 && i == words.Count - 1 && BeforeOrNot.Contains(words[i - 1].Text);
            if (!asksAgreement && !offersChoice && Negations.Contains(words[i].Text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Any(IReadOnlyList<FoldedWord> words, HashSet<string> phrases)
    {
        for (int start = 0; start < words.Count; start++)
        {
            string phrase = "";
            for (int end = start; end < Math.Min(words.Count, start + MaxWords); end++)
            {
                phrase = end == start ? words[end].Text : $"{phrase} {words[end].Text}";
                if (phrases.Contains(phrase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static HashSet<string> Phrases(string source) =>
        [.. source.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(phrase => TextFolding.Fold(phrase).TrimEnd())];
}
