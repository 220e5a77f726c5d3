namespace Munshi.WhatsApp.Exports;

/// <summary>Polls: a line <c>POLL:</c>, the question, and a line <c>OPTION: x (3 votes)</c> for each answer, in any language.</summary>
internal static class PollText
{
    private const int FewestOptions = 2;

    /// <param name="text">What stands behind the sender.</param>
    /// <param name="end">Where its first line ends.</param>
    public static bool IsPoll(string text, int end)
    {
        ReadOnlySpan<char> first = Marks.Trim(text.AsSpan(0, end));
        return first.Length > 1 && first[^1] is ':' or '：'
            && (Phrases.Find(PhraseUse.Poll, Marks.Plain(first)) is not null || HasOptions(text.AsSpan(end + 1)));
    }

    /// <summary>Whether the text ends in at least two lines that begin with the same word and a colon, and end with a count in brackets.</summary>
    private static bool HasOptions(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = default;
        int options = 0;
        foreach (Range range in text.Split('\n'))
        {
            ReadOnlySpan<char> line = Marks.Trim(text[range]);
            int colon = line.IndexOf(": ");
            if (colon > 0 && EndsWithACount(line) && (options == 0 || line[..colon].SequenceEqual(word)))
            {
                word = line[..colon];
                options++;
            }
            else if (options > 0)
            {
                return false;
            }
        }

        return options >= FewestOptions && word.IndexOf(' ') < 0;
    }

    private static bool EndsWithACount(ReadOnlySpan<char> line)
    {
        if (line.Length == 0 || line[^1] is not (')' or '）'))
        {
            return false;
        }

        int open = line.LastIndexOfAny('(', '（');
        return open > 0 && Marks.Trim(line[(open + 1)..]) is [char first, ..] && char.IsDigit(first);
    }
}
