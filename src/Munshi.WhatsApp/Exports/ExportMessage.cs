namespace Munshi.WhatsApp.Exports;

/// <summary>One record of an export, in the order of the file.</summary>
public sealed record ExportMessage
{
    /// <summary>The line on which it begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Where it begins in the text, in bytes; see <see cref="ChatExport.OpenText"/>.</summary>
    public long Offset { get; init; }

    /// <summary>In the text, line ends among them, in bytes.</summary>
    public int Length { get; init; }

    /// <summary>Wall-clock time of the exporting phone, without a zone; whole minutes where the layout has no seconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>The sender as the export names them, without invisible marks; null for the app's own lines.</summary>
    public required string? From { get; init; }

    public required ExportKind Kind { get; init; }

    /// <summary>
    /// As written, line breaks as LF, the app's marker of a file or of an edit taken away: for media the caption, empty where there is none.
    /// Bytes that are not UTF-8 stand as U+FFFD.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The file's name as the export gives it; null where it gives none. Never to be used as a path.</summary>
    public string? Attachment { get; init; }

    public MediaType Media { get; init; }

    public bool Edited { get; init; }

    /// <summary>Whether the text ends in its last line, without a line break: it may have been cut off there.</summary>
    public bool IsCut { get; init; }

    /// <summary>The record as it stands in the text, to the byte, with its line ends; null unless asked for. All of them, one behind the other, are the text behind its preamble.</summary>
    public byte[]? Raw { get; init; }

    public override string ToString() => $"{nameof(ExportMessage)} {Line}";
}
