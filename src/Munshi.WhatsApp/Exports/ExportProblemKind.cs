namespace Munshi.WhatsApp.Exports;

/// <summary>What can be wrong with an export that is read all the same.</summary>
public enum ExportProblemKind
{
    /// <summary>Day and month may be the wrong way round; see <see cref="DateOrderGround"/>.</summary>
    DateOrderUncertain,

    /// <summary>Both places hold numbers above 12: some dates cannot be right.</summary>
    DateOrderContradicts,

    /// <summary>A line has the layout's form but no possible date or time; it was read as part of the message before.</summary>
    ImpossibleDate,

    /// <summary>A 12-hour clock whose half of the day is written in unknown words; the hour was taken as it stands.</summary>
    UnknownDayPeriod,

    /// <summary>Lines before the first message; they belong to none.</summary>
    TextBeforeFirstMessage,

    /// <summary>Bytes that are not UTF-8; they stand as U+FFFD. Told where records are decoded.</summary>
    InvalidUtf8,

    /// <summary>A message longer than <see cref="ChatExport.MaxMessageBytes"/>; the rest follows as further messages of the same time and sender.</summary>
    MessageSplit,

    /// <summary>A sender's name holds a colon; which part is the name was inferred from the whole file.</summary>
    NameWithColon,

    /// <summary>A line that looks like a message stands inside another, as a pasted chat does; it was read as part of it.</summary>
    PastedMessage,

    /// <summary>A message is more than a day older than the one before it.</summary>
    TimeRunsBack,

    /// <summary>Words of the app's own that are not known; they were read as text.</summary>
    UnknownMarker,

    /// <summary>Several files of the archive have one name.</summary>
    FilesOfOneName,

    /// <summary>The last line has no end: the text may have been cut off in it.</summary>
    EndsWithoutLineBreak,

    /// <summary>The archive or the file is damaged from this line on; what stands before was read.</summary>
    Damaged,
}
