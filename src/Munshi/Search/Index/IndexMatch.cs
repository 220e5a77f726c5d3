using Munshi.Search.Finding;
using Munshi.Search.Words;

namespace Munshi.Search.Index;

/// <summary>Writes what is sought as FTS5 expects it: hexadecimal hashes, columns and operators, nothing that anybody typed.</summary>
internal sealed class IndexMatch(IndexHasher hasher)
{
    public string Messages(SearchQuery query, IReadOnlyCollection<Guid>? conversations)
    {
        string words = string.Join(" AND ", query.Terms.Select(Term));
        return conversations is null ? words : $"{words} AND c : ({string.Join(" OR ", conversations.Select(hasher.Conversation).Select(Quoted))})";
    }

    public string People(SearchQuery query)
    {
        string words = string.Join(" AND ", query.Terms.Select(term => term.Words is [{ } word] && SearchQuery.IsPhonePart(word.Plain)
            ? $"({Term(term)} OR d : {Quoted(hasher.Digits(word.Plain))})"
            : Term(term)));
        return query.PhonePart is { } digits ? $"({words}) OR d : {Quoted(hasher.Digits(digits))}" : words;
    }

    private string Term(SearchTerm term)
    {
        if (term.Words is not [{ } word] || term.IsWhole)
        {
            return $"w : \"{string.Join(' ', term.Words.Select(one => hasher.Word(one.Stem)))}\"";
        }

        List<string> ways = [$"w : {Quoted(hasher.Word(word.Stem))}"];
        foreach (string beginning in (HashSet<string>)[word.Plain, word.Spoken])
        {
            if (beginning.Length >= SearchWord.ShortestBeginning)
            {
                ways.Add($"p : {Quoted(hasher.Beginning(Longest(beginning)))}");
            }
        }

        if (word.Sound is { } sound)
        {
            ways.Add($"s : {Quoted(hasher.Sound(sound, !word.IsIndic))}");
        }

        return $"({string.Join(" OR ", ways)})";
    }

    /// <summary>Of the beginnings that the index holds the one that the fewest words share.</summary>
    private static ReadOnlySpan<char> Longest(string word)
    {
        int held = SearchWord.ShortestBeginning;
        foreach (int length in SearchWord.Beginnings)
        {
            held = length <= word.Length ? length : held;
        }

        return word.AsSpan(0, held);
    }

    private static string Quoted(string token) => $"\"{token}\"";
}
