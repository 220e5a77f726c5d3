using System.Buffers;
using System.Text;

namespace Munshi.Ledger;

/// <summary>What the text fields of a leaf may hold. No value holds a space, so a line has one reading.</summary>
internal static class LeafGrammar
{
    private const int LongestWord = 32;
    private const int IdLength = 36;

    private static readonly SearchValues<byte> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-"u8);
    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create("0123456789abcdef-"u8);

    /// <summary>Longer than any field.</summary>
    private const int Longest = 128;

    public static bool Is(LeafWord kind, string value)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return value.Length <= Longest && Ascii.FromUtf16(value, bytes, out int written) == OperationStatus.Done && Is(kind, bytes[..written]);
    }

    public static bool Is(LeafWord kind, ReadOnlySpan<byte> value) => kind switch
    {
        LeafWord.Actor => IsActor(value),
        LeafWord.Action => IsAction(value),
        _ => IsObject(value),
    };

    /// <summary><c>person:{id}</c>, <c>customer:{id}</c> or <c>program:{word}</c>.</summary>
    private static bool IsActor(ReadOnlySpan<byte> value) =>
        value.StartsWith("customer:"u8) ? IsId(value["customer:"u8.Length..])
        : value.StartsWith("person:"u8) ? IsId(value["person:"u8.Length..])
        : value.StartsWith("program:"u8) && IsWord(value["program:"u8.Length..]);

    /// <summary><c>{word}.{word}</c>.</summary>
    private static bool IsAction(ReadOnlySpan<byte> value)
    {
        int dot = value.IndexOf((byte)'.');
        return dot >= 0 && IsWord(value[..dot]) && IsWord(value[(dot + 1)..]);
    }

    /// <summary><c>{word}:{id}</c>.</summary>
    private static bool IsObject(ReadOnlySpan<byte> value)
    {
        int colon = value.IndexOf((byte)':');
        return colon >= 0 && IsWord(value[..colon]) && IsId(value[(colon + 1)..]);
    }

    /// <summary>1 to 32 of <c>a</c> to <c>z</c> and hyphen.</summary>
    private static bool IsWord(ReadOnlySpan<byte> value) =>
        value.Length is >= 1 and <= LongestWord && !value.ContainsAnyExcept(WordCharacters);

    /// <summary>36 of <c>0</c> to <c>9</c>, <c>a</c> to <c>f</c> and hyphen: what the database lets in as an id.</summary>
    private static bool IsId(ReadOnlySpan<byte> value) => value.Length == IdLength && !value.ContainsAnyExcept(IdCharacters);
}
