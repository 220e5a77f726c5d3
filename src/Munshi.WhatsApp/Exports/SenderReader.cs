using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>Parts a record into sender and text, and tells the app's own lines from people's.</summary>
/// <param name="census">Of the whole file.</param>
/// <param name="isApple">Whether iOS wrote the file: there a mark behind the header begins a line of the app's own.</param>
/// <param name="chatName">What the file's name says of the chat's; null where it says nothing.</param>
/// <param name="problems">Where a name with a colon is told.</param>
internal sealed class SenderReader(NameCensus census, bool isApple, string? chatName, ProblemLog problems)
{
    /// <summary>No name and no line of the app's own that holds a colon is longer, in bytes.</summary>
    private const int MaxHead = 1024;

    private readonly bool _isGroup = census.IsGroup;

    /// <param name="body">What stands behind the header, at least its first line.</param>
    /// <param name="line">For problems.</param>
    /// <returns>The sender, null for the app's own lines; and where the text begins, in bytes.</returns>
    public (string? From, int TextStart) Read(ReadOnlySpan<byte> body, long line)
    {
        ReadOnlySpan<byte> head = FirstLine(body[..Math.Min(body.Length, MaxHead)]);
        int end = NameCensus.NameEnd(head, from: 0);
        NameTally? tally = null;
        if (end < 0)
        {
            end = NameCensus.LooseNameEnd(head);
            tally = end > 0 ? census.Find(head[..end]) : null;
            if (tally is not { IsSender: true })
            {
                return (null, 0);
            }
        }

        tally ??= census.Find(head[..end]);
        if (Marks.BeginsAsTheAppDoes(head) && (isApple || tally is not { Count: > 1 }))
        {
            return (null, 0);
        }

        if (tally is { OpensAQuote: true })
        {
            return (null, 0);
        }

        if (tally is not null && tally.Longer(chatName) is { IsEmpty: false } longer && head.StartsWith(longer))
        {
            problems.Add(ExportProblemKind.NameWithColon, line);
            end = longer.Length;
            tally = census.Find(longer) ?? new NameTally(longer.ToArray());
        }
        else if (tally is null or { Count: < 2, LooseCount: 0 } && IsOfTheApp(head, end))
        {
            return (null, 0);
        }

        int start = end + 1;
        start += start < body.Length && body[start] == ' ' ? 1 : 0;
        string name = tally is null ? NameTally.Shown(head[..end]) : tally.Name;
        return IsPseudoSender(name, body[start..]) ? (null, start) : (name, start);
    }

    /// <summary>Whether the words of the app's own line begin before the colon, as in <c>Asha changed the group name from “Trip: a”</c>.</summary>
    private static bool IsOfTheApp(ReadOnlySpan<byte> head, int end)
    {
        if (head.Length > Phrases.MaxLength * 3)
        {
            return false;
        }

        string before = Marks.Plain(Encoding.UTF8.GetString(head[..end]));
        string line = Marks.Plain(Encoding.UTF8.GetString(head));
        foreach (Phrase phrase in Phrases.Of(PhraseUse.System))
        {
            if (phrase.Matches(line, out ReadOnlySpan<char> captured) && (!phrase.Text.StartsWith('*') || captured.Length < before.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> body)
    {
        int end = body.IndexOf((byte)'\n');
        return end < 0 ? body : end > 0 && body[end - 1] == '\r' ? body[..(end - 1)] : body[..end];
    }

    /// <summary>iOS writes some of its own lines as if the contact or the group had said them.</summary>
    private bool IsPseudoSender(string name, ReadOnlySpan<byte> text)
    {
        if (!Marks.BeginsAsTheAppDoes(text))
        {
            return false;
        }

        ReadOnlySpan<byte> first = FirstLine(text);
        return (_isGroup && name == chatName)
            || (first.Length <= Phrases.MaxLength * 3 && Phrases.Find(PhraseUse.System, Marks.Plain(Encoding.UTF8.GetString(first))) is not null);
    }
}
