namespace Munshi.WhatsApp.Exports;

/// <summary>Words that the app writes, in one language.</summary>
/// <param name="Text">Without marks of direction; <c>*</c> stands for anything.</param>
/// <param name="Kind">Of what was left out: <c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c>, <c>sticker</c>, <c>contact</c>; of a call, <c>marked</c> where only iOS's mark tells it from a person's words; else empty.</param>
internal sealed record Phrase(string Text, string Kind)
{
    private readonly string[] _parts = Text.Split('*');

    public MediaType Media { get; } = Enum.TryParse(Kind, ignoreCase: true, out MediaType media) ? media : MediaType.Unknown;

    public bool IsPattern => _parts.Length > 1;

    /// <summary>Compares in one pass, without going back.</summary>
    public bool Matches(ReadOnlySpan<char> text) => Matches(text, out _);

    /// <param name="text">Plain, see <see cref="Marks.Plain"/>.</param>
    /// <param name="captured">What the first <c>*</c> stands for, in a phrase with one.</param>
    public bool Matches(ReadOnlySpan<char> text, out ReadOnlySpan<char> captured)
    {
        captured = default;
        string first = _parts[0];
        string last = _parts[^1];
        if (!IsPattern)
        {
            return text.Equals(first, StringComparison.OrdinalIgnoreCase);
        }

        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> between = captured = text[first.Length..^last.Length];
        for (int part = 1; part < _parts.Length - 1; part++)
        {
            int found = between.IndexOf(_parts[part], StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            captured = part == 1 ? between[..found] : captured;
            between = between[(found + _parts[part].Length)..];
        }

        return true;
    }
}
