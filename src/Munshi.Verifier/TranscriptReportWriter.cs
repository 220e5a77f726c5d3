using System.Text.Json;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>Writes a transcript's report for programs (JSON Lines) or for people.</summary>
internal static class TranscriptReportWriter
{
    /// <summary>A line for each finding and the total as the last line.</summary>
    public static void WriteJson(TranscriptReport report, TextWriter output)
    {
        foreach (Finding finding in report.Findings)
        {
            ReportWriter.Line(output, json => ReportWriter.Write(json, report.Log, finding));
        }

        ReportWriter.Line(output, json => WriteTotal(json, report));
    }

    public static void WriteText(TranscriptReport report, TextWriter output)
    {
        ReportWriter.WriteFindings(report.Findings, report.FindingCount, output);
        if (report.Key is { } key)
        {
            ReportWriter.Text(output, $"Signed by {key}");
            ReportWriter.Text(output, report.KeyIsGiven
                ? (FormattableString)$"That key is the one in your policy."
                : $"That key came with the file: compare it with one that you had from elsewhere, or give yours with --policy.");
        }

        if (report is { Conversation: { } conversation, At: { } at })
        {
            ReportWriter.Text(output, $"Conversation {conversation}, written at {LedgerTime.Format(at)}, against a ledger of {report.Entries} entries");
        }

        ReportWriter.Text(
            output,
            $"{report.Messages} messages, {report.Proved} proved to stand in the ledger, {report.Wordless} of them without words, {report.Messages - report.Proved} too new to be proved: {(report.IsOk ? "nothing was altered" : "NOT AS WRITTEN")}");
    }

    private static void WriteTotal(Utf8JsonWriter json, TranscriptReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("messages", report.Messages);
        json.WriteBoolean("ok", report.IsOk);
        json.WriteNumber("proved", report.Proved);
        json.WriteNumber("wordless", report.Wordless);
        json.WriteNumber("entries", report.Entries);
        json.WriteString("conversation", report.Conversation?.ToString());
        json.WriteString("time", report.At is { } at ? LedgerTime.Format(at) : null);
        json.WriteNumber("findingCount", report.FindingCount);
        json.WriteString("key", report.Key);
        json.WriteString("trust", report.KeyIsGiven ? "given" : "own");
        json.WriteEndObject();
    }
}
