using System.Text;
using Munshi.Search.Index;
using Munshi.Search.Words;

namespace Munshi.Search.Finding;

/// <summary>What is sought: words that must all occur, whole or as beginnings; what stands in quotation marks, word for word.</summary>
internal sealed record SearchQuery
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 200;

    public const int MaxWords = 12;

    public required IReadOnlyList<SearchTerm> Terms { get; init; }

    /// <summary>The digits, where all that was typed is a phone number or a part of one.</summary>
    public string? PhonePart { get; init; }

    /// <summary>Null where nothing of it is a word; also where it is longer than <see cref="MaxLength"/> or has more than <see cref="MaxWords"/>.</summary>
    public static SearchQuery? Of(string typed, out bool tooLong)
    {
        List<SearchTerm> terms = [];
        tooLong = typed.Length > MaxLength;
        string[] parts = tooLong ? [] : Straight(typed).Split('"');
        for (int i = 0; i < parts.Length; i++)
        {
            List<SearchWord> words = [.. WordRuns.Of(parts[i]).SelectMany(run => SearchWord.Of(parts[i].Substring(run.Start, run.Length)))];
            bool isQuoted = i % 2 == 1 && i < parts.Length - 1;
            if (isQuoted && words.Count > 0)
            {
                terms.Add(new SearchTerm(words, IsWhole: true));
            }
            else
            {
                terms.AddRange(words.Select(word => new SearchTerm([word], IsWhole: false)));
            }
        }

        tooLong |= terms.Sum(term => term.Words.Count) > MaxWords;
        return tooLong || terms.Count == 0 ? null : new SearchQuery { Terms = terms, PhonePart = PhonePartOf(typed) };
    }

    public static bool IsPhonePart(string word) => word.Length is >= IndexText.ShortestDigits and <= IndexText.LongestDigits && word.All(char.IsAsciiDigit);

    public override string ToString() => nameof(SearchQuery);

    private static string Straight(string typed) => typed.Replace('“', '"').Replace('”', '"').Replace('„', '"');

    /// <summary>As people write numbers: digits in groups, with plus, brackets, hyphens; without the zero that is dialled before.</summary>
    private static string? PhonePartOf(string typed)
    {
        StringBuilder digits = new();
        foreach (Rune rune in typed.EnumerateRunes())
        {
            if (Rune.IsDigit(rune))
            {
                digits.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            }
            else if (!Rune.IsWhiteSpace(rune) && rune.Value is not ('+' or '-' or '(' or ')' or '.' or '–'))
            {
                return null;
            }
        }

        string part = digits.ToString().TrimStart('0');
        return IsPhonePart(part) ? part : null;
    }
}
