namespace Munshi.Knowledge;

/// <summary>One subject word, or several words that form one concept.</summary>
/// <param name="Key">Word keys joined by a space.</param>
/// <param name="Word">The folded word; of a phrase, its first.</param>
/// <param name="Concept">Null for a word outside <see cref="ConceptTable"/>.</param>
internal sealed record QuestionUnit(string Key, string Word, Concept? Concept)
{
    /// <summary>More are not read: one question has few.</summary>
    public const int MaxUnits = 64;

    /// <summary>How much a number says about the subject, against a word.</summary>
    private const double NumberFactor = 0.6;

    public double Factor => Concept?.Weight ?? (char.IsAsciiDigit(Word[0]) ? NumberFactor : 1);

    /// <summary>The distinct subjects in order, fillers left out, longest phrase first.</summary>
    public static IReadOnlyList<QuestionUnit> Read(IReadOnlyList<FoldedWord> words)
    {
        List<QuestionUnit> units = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        int at = 0;
        while (at < words.Count && units.Count < MaxUnits)
        {
            (QuestionUnit? unit, int length) = ReadAt(words, at);
            if (unit is not null && seen.Add(unit.Key))
            {
                units.Add(unit);
            }

            at += length;
        }

        return units;
    }

    private static (QuestionUnit? Unit, int Length) ReadAt(IReadOnlyList<FoldedWord> words, int at)
    {
        for (int length = Math.Min(ConceptTable.MaxWords, words.Count - at); length >= 1; length--)
        {
            string key = string.Join(' ', words.Skip(at).Take(length).Select(word => word.Key));
            if (ConceptTable.Find(key) is { } concept)
            {
                return (new QuestionUnit(key, words[at].Text, concept), length);
            }
        }

        FoldedWord first = words[at];
        bool filler = Fillers.Contains(first) || (first.Text.Length == 1 && !char.IsAsciiDigit(first.Text[0]));
        return (filler ? null : new QuestionUnit(first.Key, first.Text, null), 1);
    }
}
