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

    /// <summary>Bytes that are not UTF-8; they stand as U+FFFD.</summary>
    InvalidUtf8,

    /// <summary>A message longer than <see cref="ChatExport.MaxMessageBytes"/>; the rest follows as further messages of the same time and sender.</summary>
    MessageSplit,

    /// <summary>A sender's name holds a colon; which part is the name was inferred from the whole file.</summary>
    NameWithColon,

    /// <summary>The archive or the file is damaged from this line on; what stands before was read.</summary>
    Damaged,
}
