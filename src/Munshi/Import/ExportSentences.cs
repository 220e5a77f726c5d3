using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>What is told of an export, in plain sentences and in the words of the JSON output.</summary>
internal static class ExportSentences
{
    public static string Of(ExportRefusal refusal, string path) => refusal switch
    {
        ExportRefusal.Empty => $"The file {path} is empty.",
        ExportRefusal.NotAnExport => $"The file {path} is not a WhatsApp export: no line in it begins as a message does.",
        ExportRefusal.NotText => $"The file {path} is neither text nor a zip archive, whatever its name says: give the export as WhatsApp saved it.",
        ExportRefusal.BrokenArchive => $"The archive {path} is damaged, so nothing of it was read: copy or export it again.",
        ExportRefusal.NoChatInArchive => $"The archive {path} holds no _chat.txt and not exactly one other chat.",
        ExportRefusal.NestedArchive => $"The archive {path} holds no chat, but another archive: unpack it once and give the one inside.",
        ExportRefusal.UnsafeName => $"The archive {path} holds a name that points out of it, which no phone writes, so nothing of it was read.",
        ExportRefusal.DuplicateEntry => $"The archive {path} holds two files called _chat.txt.",
        ExportRefusal.Encrypted => $"The archive {path} is protected by a password; unpack it first.",
        ExportRefusal.TooManyEntries => $"The archive {path} holds more than {ChatExport.MaxArchiveEntries} files, or a list of them beyond all measure, so nothing of it was read.",
        _ => $"The text in {path} is larger than any chat, so nothing of it was read.",
    };

    public static string Word(ExportProblemKind kind) => kind switch
    {
        ExportProblemKind.DateOrderUncertain => "date-order-uncertain",
        ExportProblemKind.DateOrderContradicts => "date-order-contradicts",
        ExportProblemKind.ImpossibleDate => "impossible-date",
        ExportProblemKind.UnknownDayPeriod => "unknown-day-period",
        ExportProblemKind.TextBeforeFirstMessage => "text-before-first-message",
        ExportProblemKind.InvalidUtf8 => "invalid-utf8",
        ExportProblemKind.MessageSplit => "message-split",
        ExportProblemKind.NameWithColon => "name-with-colon",
        ExportProblemKind.PastedMessage => "pasted-message",
        ExportProblemKind.TimeRunsBack => "time-runs-back",
        ExportProblemKind.UnknownMarker => "unknown-marker",
        ExportProblemKind.FilesOfOneName => "files-of-one-name",
        ExportProblemKind.EndsWithoutLineBreak => "ends-without-line-break",
        _ => "damaged",
    };

    public static string Of(ExportProblem problem)
    {
        string what = problem.Kind switch
        {
            ExportProblemKind.DateOrderUncertain => "The dates are ambiguous: nothing in the file proves whether day or month comes first; --date-order says it.",
            ExportProblemKind.DateOrderContradicts => "Some dates have a number above 12 first and some second; --date-order says which is the day.",
            ExportProblemKind.ImpossibleDate => "A line begins like a message but has no possible date; it was read as part of the message before.",
            ExportProblemKind.UnknownDayPeriod => "The half of the day is written in unknown words; the hour was taken as it stands.",
            ExportProblemKind.TextBeforeFirstMessage => "There is text before the first message; it belongs to none.",
            ExportProblemKind.InvalidUtf8 => "Some bytes are not UTF-8; they are shown as \uFFFD.",
            ExportProblemKind.MessageSplit => "A message is longer than 1 MiB; the rest follows as further messages.",
            ExportProblemKind.NameWithColon => "A sender's name holds a colon; which part is the name was inferred.",
            ExportProblemKind.PastedMessage => "A line looks like a message but stands inside another, as in a chat that somebody pasted; it was read as part of it.",
            ExportProblemKind.TimeRunsBack => "A message is more than a day older than the one before it; the order of the file was kept.",
            ExportProblemKind.UnknownMarker => "WhatsApp wrote something in words that are not known; they were read as text.",
            ExportProblemKind.FilesOfOneName => "Several files of the archive have the same name.",
            ExportProblemKind.EndsWithoutLineBreak => "The file ends in the middle of a line, or without a line break: if it was cut off, the last message is not whole. A whole export adds what is missing.",
            _ => "The file is damaged from here on; what stands before was read.",
        };
        return problem.Line == 0 ? what : FormattableString.Invariant($"{what} (line {problem.Line}, {problem.Count} in all)");
    }
}
