using System.Collections.Frozen;

namespace Munshi.WhatsApp.Exports;

/// <summary>Tells what a person wrote from what the app put in its place.</summary>
/// <param name="entryNames">The files of the archive; null where there is none.</param>
/// <param name="evidence">Of the whole file.</param>
internal sealed class BodyReader(FrozenSet<string>? entryNames, ShapeEvidence evidence)
{
    /// <summary>Before the name of the file in a tag, in characters.</summary>
    private const int MaxTagWord = 40;

    /// <summary>The app begins its own texts with a mark, so that the same words without one are a person's.</summary>
    private readonly bool _marksItsWords = evidence.AppMarksItsWords;

    private readonly bool _isApple = evidence.Shape.IsApple;

    /// <summary>A line without a sender; Android writes missed calls so.</summary>
    public static BodyContent ReadOfTheApp(string text)
    {
        string plain = text.Length <= Phrases.MaxLength ? Marks.Plain(text) : Marks.WithoutDirections(text);
        return new BodyContent(Phrases.Find(PhraseUse.Call, plain) is null ? ExportKind.System : ExportKind.Call, plain);
    }

    /// <param name="text">What stands behind the sender.</param>
    /// <param name="hasFile">Whether the header says that there is a file.</param>
    public BodyContent Read(string text, bool hasFile) => Read(text, hasFile, mayBeEdited: true);

    private BodyContent Read(string text, bool hasFile, bool mayBeEdited)
    {
        ReadOnlySpan<char> bare = Marks.Trim(text);
        if (bare.IsEmpty)
        {
            return new BodyContent(ExportKind.Text, text);
        }

        bool marked = Marks.BeginsAsTheAppDoes(text);
        bool ofTheApp = marked || !_marksItsWords;
        if (bare.Length <= Phrases.MaxLength && Phrases.MayBePlaceholder(bare) && ReadPlaceholder(Marks.Plain(bare), ofTheApp, marked) is { } placeholder)
        {
            return placeholder;
        }

        return (bare[^1] == '>' ? ReadTail(text, hasFile, mayBeEdited) : null)
            ?? ReadFile(text)
            ?? ReadOmittedAtEnd(text)
            ?? ReadLines(text)
            ?? PlaceText.Read(text)
            ?? (hasFile ? ReadUnknownOmitted(text) : null)
            ?? new BodyContent(ExportKind.Text, text) { IsUnknownMarker = _isApple && marked };
    }

    /// <summary>What the app writes instead of a whole message.</summary>
    private BodyContent? ReadPlaceholder(string plain, bool ofTheApp, bool marked)
    {
        // Android's angle brackets are the app's with or without a mark.
        if ((ofTheApp || plain[0] == '<') && Phrases.Find(PhraseUse.Omitted, plain) is { } omitted)
        {
            return Omitted(omitted, "");
        }

        if (plain[0] == '<' && !_isApple && evidence.Omitted.Holds(plain) && Phrases.Find(PhraseUse.Edited, plain) is null)
        {
            return new BodyContent(ExportKind.Media, "");
        }

        if (!ofTheApp)
        {
            return null;
        }

        return Phrases.Find(PhraseUse.Deleted, plain) is not null ? new BodyContent(ExportKind.Deleted, plain)
            : Phrases.Find(PhraseUse.Call, plain) is { } call && (marked || call.Kind != "marked") ? new BodyContent(ExportKind.Call, plain)
            : Phrases.Find(PhraseUse.LiveLocation, plain) is not null ? new BodyContent(ExportKind.Location, plain)
            : Phrases.Find(PhraseUse.Waiting, plain) is not null ? new BodyContent(ExportKind.System, plain)
            : null;
    }

    /// <summary>The mark of an edit, or a file's tag, at the end.</summary>
    private BodyContent? ReadTail(string text, bool hasFile, bool mayBeEdited)
    {
        int start = text.LastIndexOf('<');
        if (start < 0)
        {
            return null;
        }

        ReadOnlySpan<char> tail = text.AsSpan(start);
        ReadOnlySpan<char> before = text.AsSpan(0, start);
        string plain = Marks.Plain(tail);
        if (Phrases.Find(PhraseUse.Edited, plain) is not null)
        {
            return mayBeEdited ? Edited(before, hasFile) : null;
        }

        // <attached: 00000042-PHOTO-….jpg>, and on old phones 2015-08-04-PHOTO-….jpg <attached>
        ReadOnlySpan<char> inner = plain.AsSpan(1, Math.Max(0, plain.Length - 2));
        int colon = inner.IndexOf(": ");
        if (colon is > 0 and <= MaxTagWord)
        {
            string name = inner[(colon + 2)..].Trim().ToString();
            return IsFile(name, inner[..colon]) || (MediaNames.MayName(name) && MediaNames.HasRunningNumber(name)) ? File(name, Caption(before)) : null;
        }

        string file = Marks.Plain(before);
        if (file.Length > 0 && !file.Contains('\n', StringComparison.Ordinal) && IsFile(file, "") && inner.Length <= MaxTagWord)
        {
            return File(file, "");
        }

        // iOS: a mark before the bracket, in an unknown language.
        bool isUnknownEdit = mayBeEdited && _isApple && start > 0 && Marks.Is(text[start - 1]) && inner.Length is > 0 and < Phrases.MaxLength && !inner.Contains(':');
        return isUnknownEdit ? Edited(before, hasFile) : null;
    }

    private BodyContent Edited(ReadOnlySpan<char> before, bool hasFile) => Read(TrimEnd(before).ToString(), hasFile, mayBeEdited: false) with { Edited = true };

    /// <summary><c>IMG-20201231-WA0000.jpg (file attached)</c>, the caption on the next lines.</summary>
    private BodyContent? ReadFile(string text)
    {
        ReadOnlySpan<char> line = FirstLine(text, out ReadOnlySpan<char> rest);
        ReadOnlySpan<char> bare = Marks.Trim(line);
        if (bare.Length < 5 || bare[^1] is not (')' or '）'))
        {
            return null;
        }

        int open = bare.LastIndexOfAny('(', '（');
        if (open < 1)
        {
            return null;
        }

        string name = Marks.Plain(bare[..open]);
        string phrase = Marks.Plain(bare[(open + 1)..^1]);
        return name.Length > 0 && phrase.Length > 0 && IsFile(name, phrase) ? File(name, rest.ToString()) : null;
    }

    /// <summary>iOS: a caption, the mark, and the words for what was left out.</summary>
    private static BodyContent? ReadOmittedAtEnd(string text)
    {
        int mark = text.AsSpan().LastIndexOfAny('\u200E', '\u200F');
        if (mark < 1 || text.Length - mark > Phrases.MaxLength)
        {
            return null;
        }

        string plain = Marks.Plain(text.AsSpan(mark));
        return Phrases.Find(PhraseUse.Omitted, plain) is { } omitted ? Omitted(omitted, Caption(text.AsSpan(0, mark))) : null;
    }

    /// <summary>The header says that there is a file: what stands behind the last mark are the words for it, in an unknown language.</summary>
    private static BodyContent? ReadUnknownOmitted(string text)
    {
        int mark = text.AsSpan().LastIndexOfAny('\u200E', '\u200F');
        return mark < 0 || text.Length - mark > Phrases.MaxLength || text.IndexOf('\n', mark) >= 0
            ? null
            : new BodyContent(ExportKind.Media, Caption(text.AsSpan(0, mark)));
    }

    /// <summary>Of several lines: Android's words for what was left out, the caption below; or a poll.</summary>
    private static BodyContent? ReadLines(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end is <= 0 or > Phrases.MaxLength)
        {
            return null;
        }

        if (PollText.IsPoll(text, end))
        {
            return new BodyContent(ExportKind.Poll, Marks.WithoutAppMarks(text));
        }

        ReadOnlySpan<char> first = Marks.Trim(text.AsSpan(0, end));
        return first.Length > 0 && first[0] == '<' && Phrases.Find(PhraseUse.Omitted, Marks.Plain(first)) is { } omitted ? Omitted(omitted, text[(end + 1)..]) : null;
    }

    private bool IsFile(string name, ReadOnlySpan<char> phrase) =>
        MediaNames.MayName(name)
        && (Phrases.Find(PhraseUse.Attached, phrase) is not null
            || MediaNames.IsMediaLike(name)
            || (!phrase.IsEmpty && MediaNames.IsCard(name))
            || (entryNames is not null && name.AsSpan().IndexOfAny('/', '\\') < 0 && entryNames.Contains(MediaNames.Compared(name))));

    private static BodyContent File(string name, string text) => MediaNames.IsCard(name)
        ? new BodyContent(ExportKind.Contact, text, name)
        : new BodyContent(ExportKind.Media, text, name, MediaNames.TypeOf(name));

    private static BodyContent Omitted(Phrase phrase, string caption) => phrase.Kind is "contact"
        ? new BodyContent(ExportKind.Contact, caption)
        : new BodyContent(ExportKind.Media, caption, Media: phrase.Media);

    private static string Caption(ReadOnlySpan<char> text) => Marks.WithoutAppMarks(TrimEnd(text).ToString());

    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && (Marks.Is(text[^1]) || Marks.IsSpace(text[^1]) || text[^1] == '\n'))
        {
            text = text[..^1];
        }

        return text;
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        int end = text.IndexOf('\n');
        rest = end < 0 ? [] : text[(end + 1)..];
        return end < 0 ? text : text[..end];
    }
}
