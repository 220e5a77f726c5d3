using System.Text;

namespace Munshi.Bench.Search;

/// <summary>Messages of 11 words on average: 35 % English, 25 % Hindi, 15 % Bengali, 25 % Hinglish, each of 31,000 words whose use falls with their rank (Zipf).</summary>
internal sealed class SyntheticText
{
    private const int WordsOfALanguage = 31_000;

    private static readonly string[] Latin = ["ba", "ri", "to", "sha", "men", "ko", "lu", "ver", "ti", "pan", "gre", "no", "ka", "del", "fi", "mor", "su", "che"];
    private static readonly string[] Roman = ["kya", "hai", "na", "ri", "do", "pa", "sa", "dhi", "mi", "la", "go", "bhu", "ra", "ti", "che", "jo", "ko", "mu"];
    private static readonly string[] Hindi = ["का", "मि", "रा", "दु", "न", "सा", "ड़ी", "पा", "वि", "ला", "गो", "भू", "ति", "चे", "जो", "को", "मु", "हि"];
    private static readonly string[] Bengali = ["কা", "মি", "রা", "দু", "ন", "শা", "ড়ি", "পা", "বি", "লা", "গো", "ভূ", "তি", "চে", "জো", "কো", "মু", "হি"];

    private readonly string[][] _languages = [Words(Latin, 1), Words(Hindi, 2), Words(Bengali, 3), Words(Roman, 4)];

    public string Next(Dice dice)
    {
        string[] language = _languages[dice.Below(100) switch { < 35 => 0, < 60 => 1, < 75 => 2, _ => 3 }];
        int words = 4 + dice.Below(15);
        StringBuilder text = new();
        for (int i = 0; i < words; i++)
        {
            text.Append(i > 0 ? " " : "").Append(language[Rank(dice)]);
        }

        return text.ToString();
    }

    /// <summary>What people might type, of each kind one.</summary>
    public (string Kind, string Sought)[] Queries(Dice dice)
    {
        string[] language = _languages[dice.Below(_languages.Length)];
        string common = language[dice.Between(5, 50)];
        string rare = language[dice.Between(5_000, WordsOfALanguage)];
        string other = language[dice.Between(50, 500)];
        return
        [
            ("common word", common),
            ("rare word", rare),
            ("absent word", $"zzq{dice.Below(100_000)}w"),
            ("beginning of 3", Beginning(rare, 3)),
            ("beginning of 4", Beginning(rare, 4)),
            ("phrase", $"\"{common} {other}\""),
            ("two words", $"{common} {other}"),
        ];
    }

    private static string Beginning(string word, int letters) => word.Length <= letters ? word : word[..letters];

    private static int Rank(Dice dice) => (int)Math.Min(WordsOfALanguage - 1, Math.Exp(dice.Fraction() * Math.Log(WordsOfALanguage)) - 1);

    private static string[] Words(string[] syllables, int seed)
    {
        Dice dice = new(seed);
        HashSet<string> words = [];
        while (words.Count < WordsOfALanguage)
        {
            words.Add(string.Concat(Enumerable.Range(0, 2 + dice.Below(3)).Select(_ => syllables[dice.Below(syllables.Length)])));
        }

        return [.. words];
    }
}
