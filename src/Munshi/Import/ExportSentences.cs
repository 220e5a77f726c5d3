using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>What is told of an export, in plain sentences and in the words of the JSON output.</summary>
internal static class ExportSentences
{
    public static string Of(ExportRefusal refusal, string path) => refusal switch
    {
        ExportRefusal.Empty => $"The file {path} is empty.",
        ExportRefusal.NotAnExport => $"The file {path} is not a WhatsApp export: no line in it begins as a message does.",
        ExportRefusal.BrokenArchive => $"The archive {path} is damaged, so nothing of it was read: copy or export it again.",
        ExportRefusal.NoChatInArchive => $"The archive {path} holds no _chat.txt and not exactly one other chat.",
        ExportRefusal.DuplicateEntry => $"The archive {path} holds two files called _chat.txt.",
        ExportRefusal.Encrypted => $"The archive {path} is protected by a password; unpack it first.",
        ExportRefusal.TooManyEntries => $"The archive {path} holds more than {ChatExport.MaxArchiveEntries} files.",
        _ => $"The text in {path} is larger than any chat.",
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
        _ => "damaged",
    };

    public static string Of(ExportProblem problem)
    {
        string what = problem.Kind switch
        {
            ExportProblemKind.DateOrderUncertain => "Nothing in the file proves whether day or month comes first; --date-order says it.",
            ExportProblemKind.DateOrderContradicts => "Some dates have a number above 12 first and some second; --date-order says which is the day.",
            ExportProblemKind.ImpossibleDate => "A line begins like a message but has no possible date; it was read as part of the message before.",
            ExportProblemKind.UnknownDayPeriod => "The half of the day is written in unknown words; the hour was taken as it stands.",
            ExportProblemKind.TextBeforeFirstMessage => "There is text before the first message; it belongs to none.",
            ExportProblemKind.InvalidUtf8 => "Some bytes are not UTF-8; they are shown as \uFFFD.",
            ExportProblemKind.MessageSplit => "A message is longer than 1 MiB; the rest follows as further messages.",
            ExportProblemKind.NameWithColon => "A sender's name holds a colon; which part is the name was inferred.",
            _ => "The file is damaged from here on; what stands before was read.",
        };
        return problem.Line == 0 ? what : FormattableString.Invariant($"{what} (line {problem.Line}, {problem.Count} in all)");
    }
}
