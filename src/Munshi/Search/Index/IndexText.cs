using System.Text;
using Munshi.Search.Words;

namespace Munshi.Search.Index;

/// <summary>Turns texts into the columns of an index. Not safe for concurrent use.</summary>
internal sealed class IndexText(IndexHasher hasher)
{
    /// <summary>Of phone numbers: shorter parts are in too many.</summary>
    public const int ShortestDigits = 4;

    /// <summary>The longest phone number (E.164).</summary>
    public const int LongestDigits = 15;

    private readonly StringBuilder _words = new();
    private readonly StringBuilder _beginnings = new();
    private readonly StringBuilder _sounds = new();
    private readonly List<(int Start, int Length)> _runs = [];

    /// <summary>The columns <c>w</c>, <c>p</c> and <c>s</c> of these texts.</summary>
    public (string Words, string Beginnings, string Sounds) Columns(IEnumerable<string> texts)
    {
        _words.Clear();
        _beginnings.Clear();
        _sounds.Clear();
        foreach (string text in texts)
        {
            _runs.Clear();
            WordRuns.Find(text, _runs);
            foreach ((int start, int length) in _runs)
            {
                RunTokens tokens = hasher.Run(text.AsSpan(start, length));
                Append(_words, tokens.Words);
                Append(_beginnings, tokens.Beginnings);
                Append(_sounds, tokens.Sounds);
            }
        }

        return (_words.ToString(), _beginnings.ToString(), _sounds.ToString());
    }

    public string Conversation(Guid id) => hasher.Conversation(id);

    /// <summary>Every part of a phone number from <see cref="ShortestDigits"/> digits on.</summary>
    public string DigitsColumn(string digits)
    {
        HashSet<string> parts = [];
        for (int start = 0; start + ShortestDigits <= digits.Length; start++)
        {
            for (int length = ShortestDigits; length <= Math.Min(LongestDigits, digits.Length - start); length++)
            {
                parts.Add(hasher.Digits(digits.AsSpan(start, length)));
            }
        }

        return string.Join(' ', parts);
    }

    private static void Append(StringBuilder column, string tokens)
    {
        if (tokens.Length > 0)
        {
            column.Append(tokens).Append(' ');
        }
    }
}
