using System.Collections.Frozen;
using System.Text;

namespace Munshi.Responder;

/// <summary>Recognises a whole message that stops, starts or asks for a person, in English, Hindi, Bengali, Tamil and Gujarati and as typed in Latin letters.</summary>
internal static class ControlWords
{
    private const int Longest = 40;

    private static readonly FrozenDictionary<string, ControlWord> Words = Table(
        (ControlWord.Stop,
        [
            "stop", "stop all", "unsubscribe", "opt out", "optout",
            "बंद", "बंद करो", "बंद करें", "रोको", "बन्द करो", "band karo",
            "বন্ধ", "বন্ধ করুন", "বন্ধ করো", "bondho koro", "bondho korun",
            "நிறுத்து", "நிறுத்தவும்", "நிறுத்துங்கள்", "niruthu", "niruthunga", "niruthungal",
            "બંધ", "બંધ કરો", "બંધ કરી દો", "રોકો", "bandh karo",
        ]),
        (ControlWord.Start,
        [
            "start", "unstop", "opt in",
            "शुरू", "शुरू करो", "शुरू करें", "shuru karo", "chalu karo",
            "চালু", "চালু করুন", "চালু করো", "chalu koro",
            "தொடங்கு", "தொடங்கவும்", "தொடங்குங்கள்", "thodangu",
            "શરૂ", "શરૂ કરો", "ચાલુ કરો", "sharu karo",
        ]),
        (ControlWord.Person,
        [
            "person", "human", "agent", "talk to a person", "talk to a human", "talk to agent", "real person", "representative", "call me",
            "इंसान", "आदमी से बात", "इंसान से बात", "किसी से बात करनी है", "insaan se baat", "aadmi se baat", "kisi se baat karni hai",
            "মানুষ", "মানুষের সাথে কথা", "লোকের সাথে কথা বলব", "manush er sathe kotha",
            "மனிதர்", "மனிதருடன் பேச வேண்டும்", "ஒருவருடன் பேச வேண்டும்",
            "માણસ", "માણસ સાથે વાત", "કોઈની સાથે વાત કરવી છે",
        ]));

    /// <param name="text">The customer's whole message.</param>
    public static ControlWord Of(string text)
    {
        string trimmed = text.Trim().Trim('.', '!', '।', '?', ' ');
        return trimmed.Length is 0 or > Longest || trimmed.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || rune.Value == 0xFFFE) // which cannot be normalised
            ? ControlWord.None
            : Words.GetValueOrDefault(Fold(trimmed), ControlWord.None);
    }

    private static string Fold(string text) => string.Join(' ', text
        .Normalize(NormalizationForm.FormC)
        .ToLowerInvariant()
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static FrozenDictionary<string, ControlWord> Table(params (ControlWord Word, string[] Texts)[] rows) =>
        rows.SelectMany(row => row.Texts.Select(text => KeyValuePair.Create(Fold(text), row.Word))).ToFrozenDictionary();
}
