using System.Collections.Frozen;

namespace Munshi.WhatsApp.Exports;

/// <summary>Tells what a person wrote from what the app put in its place.</summary>
/// <param name="entryNames">The files of the archive; null where there is none.</param>
/// <param name="marksItsWords">Whether the app begins its own texts with a mark, so that the same words without one are a person's.</param>
internal sealed class BodyReader(FrozenSet<string>? entryNames, bool marksItsWords)
{
    /// <summary>Before the name of the file in a tag, in characters.</summary>
    private const int MaxTagWord = 40;

    private const string MapAddress = "https://maps.google.com/?q=";
    private const string PlaceAddress = "https://foursquare.com/v/";

    public BodyContent Read(string text)
    {
        ReadOnlySpan<char> bare = Marks.Trim(text);
        bool ofTheApp = !marksItsWords || Marks.BeginsAsTheAppDoes(text);
        if (bare.Length <= Phrases.MaxLength && ReadPlaceholder(Marks.Plain(bare), ofTheApp) is { } placeholder)
        {
            return placeholder;
        }

        if (bare.Length > 0 && bare[^1] == '>' && ReadTail(text) is { } tagged)
        {
            return tagged;
        }

        return ReadFile(text)
            ?? ReadOmittedAtEnd(text)
            ?? ReadFirstLine(text)
            ?? ReadPlace(text)
            ?? new BodyContent(ExportKind.Text, text);
    }

    /// <summary>What the app writes instead of a whole message.</summary>
    private static BodyContent? ReadPlaceholder(string plain, bool ofTheApp)
    {
        if (Phrases.Find(PhraseUse.Deleted, plain) is not null)
        {
            return new BodyContent(ExportKind.Deleted, plain);
        }

        // Android's angle brackets and "missed" are the app's words with or without a mark.
        if (Phrases.Find(PhraseUse.Omitted, plain) is { } omitted && (ofTheApp || plain[0] == '<'))
        {
            return Omitted(omitted, "");
        }

        if (ofTheApp && Phrases.Find(PhraseUse.Call, plain) is not null)
        {
            return new BodyContent(ExportKind.Call, plain);
        }

        if (ofTheApp && Phrases.Find(PhraseUse.LiveLocation, plain) is not null)
        {
            return new BodyContent(ExportKind.Location, plain);
        }

        return ofTheApp && Phrases.Find(PhraseUse.Waiting, plain) is not null ? new BodyContent(ExportKind.System, plain) : null;
    }

    /// <summary>The mark of an edit, or a file's tag, at the end.</summary>
    private BodyContent? ReadTail(string text)
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
            return Read(TrimEnd(before).ToString()) with { Edited = true };
        }

        // <attached: 00000042-PHOTO-….jpg>, and on old phones 2015-08-04-PHOTO-….jpg <attached>
        ReadOnlySpan<char> inner = plain.AsSpan(1, plain.Length - 2);
        int colon = inner.IndexOf(": ");
        if (colon is > 0 and <= MaxTagWord)
        {
            string name = inner[(colon + 2)..].Trim().ToString();
            return IsFile(name, inner[..colon]) ? File(name, Caption(before)) : null;
        }

        string file = Marks.Plain(before);
        return !file.Contains('\n', StringComparison.Ordinal) && Phrases.Find(PhraseUse.Attached, inner) is not null && MediaNames.IsMediaLike(file)
            ? File(file, "")
            : null;
    }

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
        return name.Length > 0 && IsFile(name, phrase) ? File(name, rest.ToString()) : null;
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

    /// <summary>Android: the words for what was left out, the caption below; or a poll.</summary>
    private static BodyContent? ReadFirstLine(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end is < 0 or > Phrases.MaxLength)
        {
            return null;
        }

        string plain = Marks.Plain(text.AsSpan(0, end));
        return Phrases.Find(PhraseUse.Poll, plain) is not null ? new BodyContent(ExportKind.Poll, Marks.WithoutDirections(text))
            : plain.Length > 0 && plain[0] == '<' && Phrases.Find(PhraseUse.Omitted, plain) is { } omitted ? Omitted(omitted, text[(end + 1)..])
            : null;
    }

    private static BodyContent? ReadPlace(string text)
    {
        int address = text.IndexOf(MapAddress, StringComparison.Ordinal);
        if (address > 0)
        {
            string before = Marks.Plain(LastLine(text.AsSpan(0, address)));
            return Phrases.Find(PhraseUse.Location, before) is null ? null : new BodyContent(ExportKind.Location, Caption(text));
        }

        return text.Contains(": " + PlaceAddress, StringComparison.Ordinal) ? new BodyContent(ExportKind.Location, Caption(text)) : null;
    }

    private bool IsFile(string name, ReadOnlySpan<char> phrase) =>
        Phrases.Find(PhraseUse.Attached, phrase) is not null
        || MediaNames.IsMediaLike(name)
        || entryNames?.Contains(MediaNames.Compared(name)) == true;

    private static BodyContent File(string name, string text) => MediaNames.IsCard(name)
        ? new BodyContent(ExportKind.Contact, text, name)
        : new BodyContent(ExportKind.Media, text, name, MediaNames.TypeOf(name));

    private static BodyContent Omitted(Phrase phrase, string caption) => phrase.Kind is "contact"
        ? new BodyContent(ExportKind.Contact, caption)
        : new BodyContent(ExportKind.Media, caption, Media: phrase.Media);

    private static string Caption(ReadOnlySpan<char> text) => Marks.WithoutDirections(TrimEnd(text).ToString());

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

    private static ReadOnlySpan<char> LastLine(ReadOnlySpan<char> text) => text[(text.LastIndexOf('\n') + 1)..];
}
