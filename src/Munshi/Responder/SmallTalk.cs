using System.Globalization;
using System.Text;
using Munshi.Knowledge;

namespace Munshi.Responder;

/// <summary>Recognises a whole message without content, in English, Hindi, Bengali and as typed in Latin letters: "Good morning sir", "ok ji", 👍.</summary>
internal static class SmallTalk
{
    /// <summary>Folded words; more than that is no small talk.</summary>
    private const int MostWords = 8;

    private static readonly Dictionary<string, SmallTalkKind> Phrases = Table(
        (SmallTalkKind.Greeting,
            "hi, hello, helo, hellow, hallo, hlo, hey, heya, hola, greetings, good morning, good afternoon, good evening, good day, morning, evening, gm, wassup, "
            + "how are you, how r u, how do you do, hope you are well, are you there, anyone there, is anyone there, anybody there, i have a question, i have a query, i need help, need help, "
            + "can i ask something, can i ask a question, i want to ask something, i need some information, "
            + "hai, namaste, namastey, namasthe, namaskar, namaskaram, nomoskar, nomoshkar, nomaskar, pranam, pronam, vanakkam, salam, salaam, assalamualaikum, assalamu alaikum, as salam alaikum, aadab, adab, "
            + "suprabhat, suprovat, shubh prabhat, subh prabhat, shubh sandhya, shubho sokal, subho sokal, shubho sondhya, ram ram, jai shri ram, jai shree krishna, radhe radhe, sat sri akal, sat shri akal, "
            + "kaise ho, kaise hain, kaise hain aap, kaise ho aap, aap kaise ho, aap kaise hain, kemon achen, kemon acho, koi hai, kuch puchna hai, kuch puchna tha, ek baat puchni thi, keu achen, ekta kotha chilo, "
            + "नमस्ते, नमस्कार, प्रणाम, हेलो, हैलो, हलो, हाय, हाई, हे, सलाम, अस्सलाम वालेकुम, आदाब, सुप्रभात, शुभ प्रभात, शुभ सुबह, शुभ दोपहर, शुभ संध्या, शुभ दिन, गुड मॉर्निंग, गुड इवनिंग, राम राम, जय श्री राम, राधे राधे, "
            + "कैसे हैं, कैसे हो, कैसे हैं आप, कैसे हो आप, आप कैसे हैं, कोई है, कुछ पूछना है, कुछ पूछना था, एक बात पूछनी थी, मेरा एक सवाल है, "
            + "নমস্কার, প্রণাম, হ্যালো, হেলো, হাই, হায়, হে, সালাম, আসসালামু আলাইকুম, আদাব, সুপ্রভাত, শুভ সকাল, শুভ দুপুর, শুভ বিকাল, শুভ সন্ধ্যা, শুভ দিন, গুড মর্নিং, গুড ইভিনিং, কেমন আছেন, কেমন আছো, কেউ আছেন, কিছু জানার ছিল, একটা কথা ছিল, একটা প্রশ্ন আছে"),
        (SmallTalkKind.Thanks,
            "thanks, thank you, thankyou, thank u, thnx, thx, tnx, ty, thanku, thanks a lot, thank you so much, thanks so much, many thanks, much appreciated, good night, gn, bye, bye bye, goodbye, see you, have a nice day, "
            + "shukriya, dhanyavad, dhanyawad, dhanyavaad, dhanyawaad, bahut shukriya, bahut dhanyavad, dhonnobad, donnobad, dhanyabad, onek dhonnobad, shubh ratri, shubho ratri, alvida, "
            + "धन्यवाद, शुक्रिया, बहुत धन्यवाद, बहुत शुक्रिया, आभार, थैंक यू, थैंक्यू, थैंक्स, शुभ रात्रि, गुड नाइट, बाय, अलविदा, "
            + "ধন্যবাদ, অনেক ধন্যবাদ, থ্যাঙ্ক ইউ, থ্যাংক ইউ, থ্যাঙ্কস, থ্যাংকস, শুভ রাত্রি, গুড নাইট, বাই"),
        (SmallTalkKind.Nod,
            "ok, okay, oky, okey, k, kk, yes, yep, yeah, yup, ya, sure, fine, alright, all right, right, got it, noted, understood, great, perfect, nice, good, super, cool, hm, hmm, oh, i see, "
            + "ha, haan, han, haa, haanji, ji, jee, theek, theek hai, thik hai, tik hai, acha, achha, accha, acha ji, sahi hai, samajh gaya, samajh gayi, badhiya, hyan, hya, thik ache, thik achhe, accha thik ache, bujhlam, bhalo, "
            + "हां, हाँ, जी, ठीक, ठीक है, अच्छा, ओके, ओ के, समझ गया, समझ गई, बढ़िया, सही है, हम्म, "
            + "হ্যাঁ, হ্যা, জি, জী, ঠিক, ঠিক আছে, আচ্ছা, ওকে, বুঝলাম, বুঝেছি, ভালো, হুম"));

    /// <summary>Who is spoken to. By itself a call for attention.</summary>
    private static readonly HashSet<string> Addressed = [.. Split(
        "sir, madam, mam, maam, ma am, bhai, bhaiya, bhaiyya, didi, dada, da, dear, team, all, everyone, friend, friends, there, ji, sirji, boss, bro, uncle, aunty, aap, to you, you, "
        + "सर, मैडम, भाई, भैया, दीदी, जी, भाईसाहब, আপনাকে, দাদা, দিদি, ভাই, স্যার, ম্যাডাম, আপনি")];

    private static readonly int LongestPhrase = Phrases.Keys.Concat(Addressed).Max(phrase => phrase.Split(' ').Length);

    /// <param name="text">The customer's whole message.</param>
    public static SmallTalkKind Of(string text)
    {
        string[] words = [.. TextFolding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Squeezed)];
        if (words.Length == 0)
        {
            return WithoutWords(text);
        }

        HashSet<SmallTalkKind> said = [];
        for (int at = 0; at < words.Length;)
        {
            int length = words.Length > MostWords ? 0 : LongestAt(words, at, said);
            if (length == 0)
            {
                return SmallTalkKind.None;
            }

            at += length;
        }

        return said.Contains(SmallTalkKind.Greeting) || said.Count == 0 ? SmallTalkKind.Greeting
            : said.Contains(SmallTalkKind.Thanks) ? SmallTalkKind.Thanks
            : SmallTalkKind.Nod;
    }

    private static int LongestAt(string[] words, int at, HashSet<SmallTalkKind> said)
    {
        for (int length = Math.Min(LongestPhrase, words.Length - at); length > 0; length--)
        {
            string phrase = string.Join(' ', words, at, length);
            if (Phrases.TryGetValue(phrase, out SmallTalkKind kind))
            {
                said.Add(kind);
                return length;
            }

            if (Addressed.Contains(phrase))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>A waving hand greets, a question mark calls; other pictures nod.</summary>
    private static SmallTalkKind WithoutWords(string text) =>
        text.Contains('?', StringComparison.Ordinal) || text.Contains("👋", StringComparison.Ordinal) ? SmallTalkKind.Greeting
        : text.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol) ? SmallTalkKind.Nod
        : SmallTalkKind.None;

    /// <summary>"Hiiii" is "hi": in Latin letters, a letter said several times counts once.</summary>
    private static string Squeezed(string word)
    {
        StringBuilder squeezed = new(word.Length);
        foreach (char c in word)
        {
            if (!char.IsAsciiLetter(c) || squeezed.Length == 0 || squeezed[^1] != c)
            {
                squeezed.Append(c);
            }
        }

        return squeezed.ToString();
    }

    private static Dictionary<string, SmallTalkKind> Table(params (SmallTalkKind Kind, string Phrases)[] rows)
    {
        Dictionary<string, SmallTalkKind> table = new(StringComparer.Ordinal);
        foreach ((SmallTalkKind kind, string phrases) in rows)
        {
            foreach (string phrase in Split(phrases))
            {
                table.TryAdd(phrase, kind);
            }
        }

        return table;
    }

    private static IEnumerable<string> Split(string phrases) => phrases.Split(',')
        .Select(phrase => string.Join(' ', TextFolding.Fold(phrase).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Squeezed)))
        .Where(phrase => phrase.Length > 0);
}
