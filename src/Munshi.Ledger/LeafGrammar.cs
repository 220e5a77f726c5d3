using System.Buffers;

namespace Munshi.Ledger;

/// <summary>What the text fields of a leaf may hold. No value holds a space, so a line has one reading.</summary>
internal static class LeafGrammar
{
    private const int LongestWord = 32;
    private const int IdLength = 36;

    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdef-");

    /// <summary><c>person:{id}</c>, <c>customer:{id}</c> or <c>program:{word}</c>.</summary>
    public static bool IsActor(ReadOnlySpan<char> value)
    {
        int colon = value.IndexOf(':');
        return colon >= 0 && value[..colon] switch
        {
            "person" or "customer" => IsId(value[(colon + 1)..]),
            "program" => IsWord(value[(colon + 1)..]),
            _ => false,
        };
    }

    /// <summary><c>{word}.{word}</c>.</summary>
    public static bool IsAction(ReadOnlySpan<char> value)
    {
        int dot = value.IndexOf('.');
        return dot >= 0 && IsWord(value[..dot]) && IsWord(value[(dot + 1)..]);
    }

    /// <summary><c>{word}:{id}</c>.</summary>
    public static bool IsObject(ReadOnlySpan<char> value)
    {
        int colon = value.IndexOf(':');
        return colon >= 0 && IsWord(value[..colon]) && IsId(value[(colon + 1)..]);
    }

    /// <summary>1 to 32 of <c>a</c> to <c>z</c> and hyphen.</summary>
    private static bool IsWord(ReadOnlySpan<char> value) =>
        value.Length is >= 1 and <= LongestWord && !value.ContainsAnyExcept(WordCharacters);

    /// <summary>36 of <c>0</c> to <c>9</c>, <c>a</c> to <c>f</c> and hyphen: what the database lets in as an id.</summary>
    private static bool IsId(ReadOnlySpan<char> value) => value.Length == IdLength && !value.ContainsAnyExcept(IdCharacters);
}
