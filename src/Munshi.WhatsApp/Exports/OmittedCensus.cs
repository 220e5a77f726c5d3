using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>
/// Whole messages in angle brackets that several people wrote alike: Android's words for a file that was left out, in a language that
/// <c>phrases.tsv</c> does not have.
/// </summary>
internal sealed class OmittedCensus
{
    private const int MaxPhrases = 64;
    private const int Proof = 3;

    private readonly Dictionary<string, (byte[] First, bool BySeveral, long Count)> _seen = new(StringComparer.Ordinal);

    /// <param name="sender">As it stands in the file.</param>
    /// <param name="text">The first line of the message.</param>
    public void Add(ReadOnlySpan<byte> sender, ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != '<' || text[^1] != '>' || text.Length > Phrases.MaxLength)
        {
            return;
        }

        string phrase = Marks.Plain(Encoding.UTF8.GetString(text));
        if (_seen.TryGetValue(phrase, out (byte[] First, bool BySeveral, long Count) seen))
        {
            _seen[phrase] = (seen.First, seen.BySeveral || !sender.SequenceEqual(seen.First), seen.Count + 1);
        }
        else if (_seen.Count < MaxPhrases && !phrase.Contains(':', StringComparison.Ordinal))
        {
            _seen.Add(phrase, (sender.ToArray(), false, 1));
        }
    }

    public bool Holds(string plain) => _seen.TryGetValue(plain, out (byte[] First, bool BySeveral, long Count) seen) && seen is { BySeveral: true, Count: >= Proof };
}
