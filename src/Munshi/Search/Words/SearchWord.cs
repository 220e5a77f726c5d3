using Munshi.Knowledge;

namespace Munshi.Search.Words;

/// <summary>A word as it is compared: spellings, inflections and scripts of one word meet.</summary>
internal sealed record SearchWord
{
    /// <summary>The shortest beginning that finds a word, in UTF-16 code units.</summary>
    public const int ShortestBeginning = 3;

    /// <summary>Fewer consonants than these are alike by chance.</summary>
    private const int ShortestSound = 3;

    /// <summary>After <see cref="TextFolding"/>.</summary>
    public required string Plain { get; init; }

    /// <summary>After <see cref="WordStem"/>.</summary>
    public required string Stem { get; init; }

    /// <summary>Spelled by its sound, not shortened: <c>dhanyavaad</c> and <c>dhanyavad</c> are alike.</summary>
    public required string Spoken { get; init; }

    /// <summary>Its consonants in Latin letters; null where they are too few.</summary>
    public required string? Sound { get; init; }

    public required bool IsIndic { get; init; }

    /// <summary>The lengths of the beginnings that the index holds, in UTF-16 code units; the rest of a word is compared with the message itself.</summary>
    public static ReadOnlySpan<int> Beginnings => [ShortestBeginning, 4, 5, 6, 8];

    /// <summary>The words of a run; several where letters and digits meet.</summary>
    public static IReadOnlyList<SearchWord> Of(string run)
    {
        List<SearchWord> words = [];
        foreach (FoldedWord folded in TextFolding.Words(run))
        {
            string sound = SoundSkeleton.Of(folded.Text);
            words.Add(new SearchWord
            {
                Plain = folded.Text,
                Stem = folded.Key,
                Spoken = folded.Text[0] is >= 'a' and <= 'z' ? WordStem.Spoken(folded.Text) : folded.Text,
                Sound = sound.Length >= ShortestSound ? sound : null,
                IsIndic = SoundSkeleton.IsIndic(folded.Text),
            });
        }

        return words;
    }

    /// <summary>Whether this word of a message is the one that is sought.</summary>
    /// <param name="sought">The word typed.</param>
    /// <param name="whole">Whether its beginning alone is not enough.</param>
    public bool Answers(SearchWord sought, bool whole) =>
        Stem == sought.Stem || (!whole && (Begins(sought) || (Sound is not null && Sound == sought.Sound && IsIndic != sought.IsIndic)));

    public override string ToString() => nameof(SearchWord);

    private bool Begins(SearchWord sought) =>
        sought.Plain.Length >= ShortestBeginning
        && (Plain.StartsWith(sought.Plain, StringComparison.Ordinal)
            || (sought.Spoken.Length >= ShortestBeginning && Spoken.StartsWith(sought.Spoken, StringComparison.Ordinal)));
}
