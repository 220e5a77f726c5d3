using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>One message as a transcript's lines show it, with its proof.</summary>
internal sealed class TranscriptArticle
{
    private const string Opening = "<article class=\"";
    private const string Between = "\" id=\"m-";
    private const string TextOpening = "<p class=\"text\" dir=\"auto\">";
    private const string TimesOpening = "<p class=\"at\">";
    private const string ParagraphEnd = "</p>";

    private TranscriptArticle(string direction, Guid id) => (Direction, Id) = (direction, id);

    /// <summary><c>in</c> or <c>out</c>.</summary>
    public string Direction { get; }

    public Guid Id { get; }

    /// <summary>What it shows of when it was written, encoded.</summary>
    public string? Times { get; private set; }

    /// <summary>The words, encoded; null where it shows none.</summary>
    public string? Text { get; private set; }

    public long? Seq { get; private set; }

    public byte[]? Leaf { get; private set; }

    /// <summary>From the leaf's sibling up; null where it is none.</summary>
    public Digest[]? Path { get; private set; }

    /// <summary>In the form of a line of <c>records.jsonl</c>; null where there is none.</summary>
    public byte[]? Record { get; private set; }

    /// <summary>Whether a line stands there twice, so that one of them would not be looked at.</summary>
    public bool IsDouble { get; private set; }

    /// <summary>An article that a line begins; null where it begins none.</summary>
    public static TranscriptArticle? Begin(string line)
    {
        int between = line.IndexOf(Between, StringComparison.Ordinal);
        return line.StartsWith(Opening, StringComparison.Ordinal)
            && between > 0
            && line.EndsWith("\">", StringComparison.Ordinal)
            && Guid.TryParseExact(line[(between + Between.Length)..^2], "D", out Guid id)
            && line[Opening.Length..between] is "in" or "out"
                ? new TranscriptArticle(line[Opening.Length..between], id)
                : null;
    }

    /// <summary>Takes a further line of it; what says nothing that is checked is passed over.</summary>
    public void Take(string line)
    {
        if (line.StartsWith(TimesOpening, StringComparison.Ordinal))
        {
            Times = Once(Times, line[TimesOpening.Length..].Replace(ParagraphEnd, "", StringComparison.Ordinal));
        }
        else if (line.StartsWith(TextOpening, StringComparison.Ordinal))
        {
            Text = Once(Text, line.EndsWith(ParagraphEnd, StringComparison.Ordinal) ? line[TextOpening.Length..^ParagraphEnd.Length] : line);
        }
        else if (line.StartsWith("seq ", StringComparison.Ordinal) && CanonicalDecimal.TryParse(Encoding.UTF8.GetBytes(line[4..]), out long seq))
        {
            IsDouble |= Seq is not null;
            Seq = seq;
        }
        else if (line.StartsWith("leaf ", StringComparison.Ordinal) && CanonicalBase64.TryDecode(Encoding.UTF8.GetBytes(line[5..]), out byte[]? leaf))
        {
            Leaf = Once(Leaf, leaf);
        }
        else if (line == "path" || line.StartsWith("path ", StringComparison.Ordinal))
        {
            Path = Once(Path, PathOf(line));
        }
        else if (line.StartsWith("{\"seq\":", StringComparison.Ordinal))
        {
            Record = Once(Record, Encoding.UTF8.GetBytes(line));
        }
    }

    private static Digest[]? PathOf(string line)
    {
        string[] words = line.Split(' ')[1..];
        Digest[] path = new Digest[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!Digest.TryParseBase64(Encoding.UTF8.GetBytes(words[i]), out path[i]))
            {
                return null;
            }
        }

        return path;
    }

    private T? Once<T>(T? before, T? now)
        where T : class
    {
        IsDouble |= before is not null;
        return now;
    }
}
