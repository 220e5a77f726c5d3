using Munshi.Search.Pages;

namespace Munshi.Search.Finding;

/// <summary>Cuts the part of a text that shows what was found in it.</summary>
internal static class Snippets
{
    /// <summary>What stands before the first mark, in UTF-16 code units.</summary>
    private const int Before = 60;

    private const int Longest = 220;

    private const string Cut = "…";

    /// <param name="text">The whole text.</param>
    /// <param name="marks">The words found, in order.</param>
    public static IReadOnlyList<SnippetPart> Of(string text, IReadOnlyList<(int Start, int Length)> marks)
    {
        int first = marks.Count == 0 ? 0 : marks[0].Start;
        int start = first <= Before ? 0 : Edge(text, first - Before, forwards: true, first);
        int end = text.Length - start <= Longest ? text.Length : Edge(text, start + Longest, forwards: false, Math.Min(text.Length, first + (marks.Count == 0 ? 0 : marks[0].Length)));
        List<SnippetPart> parts = [];
        void Add(int from, int until, bool isFound)
        {
            if (until > from)
            {
                parts.Add(new SnippetPart(text[from..until], isFound));
            }
        }

        int at = start;
        foreach ((int markStart, int length) in marks)
        {
            if (markStart >= end)
            {
                break;
            }

            Add(at, markStart, isFound: false);
            Add(markStart, Math.Min(end, markStart + length), isFound: true);
            at = Math.Min(end, markStart + length);
        }

        Add(at, end, isFound: false);
        if (start > 0)
        {
            parts.Insert(0, new SnippetPart(Cut, IsFound: false));
        }

        if (end < text.Length)
        {
            parts.Add(new SnippetPart(Cut, IsFound: false));
        }

        return parts;
    }

    /// <summary>The nearest space in a direction; where there is none before the limit, a place that cuts no character.</summary>
    private static int Edge(string text, int at, bool forwards, int limit)
    {
        for (int i = at; forwards ? i < limit : i > limit; i += forwards ? 1 : -1)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return forwards ? i + 1 : i;
            }
        }

        int edge = forwards ? at : Math.Max(at, limit);
        return edge < text.Length && char.IsLowSurrogate(text[edge]) ? edge + 1 : edge;
    }
}
