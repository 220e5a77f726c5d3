using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Parts a record into sender and text, and tells the app's own lines from people's.</summary>
internal sealed class SenderReader(NameCensus census, ProblemLog problems)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="body">What stands behind the header, at least its first line.</param>
    /// <param name="line">For problems.</param>
    /// <returns>The sender, null for the app's own lines; and where the text begins, in bytes.</returns>
    public (string? From, int TextStart) Read(ReadOnlySpan<byte> body, long line)
    {
        int firstLine = body.IndexOf((byte)'\n');
        ReadOnlySpan<byte> head = firstLine < 0 ? body : body[..firstLine];
        int end = NameCensus.NameEnd(head, from: 0);
        if (end < 0 || head.StartsWith("\u200E"u8) || head.StartsWith("\u200F"u8))
        {
            return (null, 0);
        }

        string label = Encoding.UTF8.GetString(head[..end]);
        long count = census.CountOf(label);
        if (census.LongerName(label) is { } longer)
        {
            problems.Add(ExportProblemKind.NameWithColon, line);
            label = longer;
            end = Encoding.UTF8.GetByteCount(longer);
        }
        else if (count < 2 && IsOfTheApp(head, end))
        {
            return (null, 0);
        }

        ReadOnlySpan<byte> text = body[Math.Min(end + 2, body.Length)..];
        return IsPseudoSender(text) ? (null, Math.Min(end + 2, body.Length)) : (NameOf(label), Math.Min(end + 2, body.Length));
    }

    /// <summary>Whether the words of the app's own line begin before the colon, as in <c>Asha changed the group name from “Trip: a”</c>.</summary>
    private static bool IsOfTheApp(ReadOnlySpan<byte> head, int end)
    {
        if (head.Length > Phrases.MaxLength * 3)
        {
            return false;
        }

        string line = Marks.Plain(Encoding.UTF8.GetString(head));
        string before = Marks.Plain(Encoding.UTF8.GetString(head[..end]));
        foreach (Phrase phrase in Phrases.Of(PhraseUse.System))
        {
            if (phrase.Matches(line, out ReadOnlySpan<char> captured) && (!phrase.Text.StartsWith('*') || captured.Length < before.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>iOS writes some of its own lines as if the contact or the group had said them.</summary>
    private static bool IsPseudoSender(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("\u200E"u8) && !text.StartsWith("\u200F"u8))
        {
            return false;
        }

        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = end < 0 ? text : text[..end];
        return first.Length <= Phrases.MaxLength * 3 && Phrases.Find(PhraseUse.System, Marks.Plain(Encoding.UTF8.GetString(first))) is not null;
    }

    /// <summary>Without marks, without the tilde of those who are not in the address book.</summary>
    private string NameOf(string label)
    {
        if (!_names.TryGetValue(label, out string? name))
        {
            name = Marks.Plain(label).Replace('\u2011', '-');
            name = name.StartsWith("~ ", StringComparison.Ordinal) ? name[2..] : name;
            _names.Add(label, name);
        }

        return name;
    }
}
