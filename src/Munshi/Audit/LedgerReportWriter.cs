using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Munshi.Audit;

/// <summary>Writes a report for programs (JSON Lines) or for people.</summary>
internal static class LedgerReportWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>A line for each log and the total as the last line.</summary>
    public static void WriteJson(LedgerReport report, TextWriter writer)
    {
        foreach (LogReport log in report.Logs)
        {
            Line(writer, new LogLine(
                log.Log,
                log.Entries,
                log.FindingCount == 0,
                log.Pending,
                log.Erased,
                log.Lost,
                FirstBad(log.Findings.Count == 0 ? null : log.Findings[0]),
                log.FindingCount,
                log.Findings,
                log.ArchiveBegun));
        }

        Line(writer, new
        {
            report.Entries,
            Ok = report.IsOk,
            report.Erased,
            report.Lost,
            FirstBad = FirstBad(report.FirstBad),
            Seconds = Math.Round(report.Duration.TotalSeconds, 3),
            report.Pending,
            report.HeadsFileFindings,
            report.InstanceFindings,
        });
    }

    public static void WriteText(LedgerReport report, TextWriter writer)
    {
        foreach (LogReport log in report.Logs)
        {
            Text(writer, $"{log.Log}  {Count(log.Entries, "entry", "entries")}, {log.Pending} waiting{(log.Erased == 0 ? "" : $", {log.Erased} erased under a recorded case")}{(log.Lost == 0 ? "" : $", {log.Lost} lost in a recorded restore")}  {(log.FindingCount == 0 ? "ok" : $"{log.FindingCount} FOUND")}");
            if (log.ArchiveBegun is { } begun)
            {
                Text(writer, $"    unfinished: an archive is read in since {begun.UtcDateTime:yyyy-MM-dd HH:mm}Z and not all of it is here; until it is, an imported message may stand without what an import saw of it");
            }

            foreach (LedgerFinding finding in log.Findings)
            {
                Text(writer, finding);
            }

            if (log.FindingCount > log.Findings.Count)
            {
                Text(writer, $"    and {log.FindingCount - log.Findings.Count} more");
            }
        }

        foreach (LedgerFinding finding in report.HeadsFileFindings.Concat(report.InstanceFindings))
        {
            Text(writer, finding);
        }

        Text(
            writer,
            $"{Count(report.Entries, "entry", "entries")} in {Count(report.Logs.Count, "log", "logs")}, {report.Erased} erased, {report.Lost} lost, {report.Duration.TotalSeconds:0.0} s: {(report.IsOk ? "nothing was altered" : "NOT AS WRITTEN")}");
    }

    private static void Text(TextWriter writer, LedgerFinding finding) => Text(
        writer,
        $"    {JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Kind.ToString())}{(finding.Seq is { } seq ? $" at {seq}" : "")}: expected {finding.Expected}, found {finding.Found}");

    private static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static void Text(TextWriter writer, FormattableString line) => Text(writer, line.ToString(CultureInfo.InvariantCulture));

    private static void Text(TextWriter writer, string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }

    private static void Line<T>(TextWriter writer, T line) => Text(writer, JsonSerializer.Serialize(line, Json));

    private static object? FirstBad(LedgerFinding? finding) => finding is null
        ? null
        : new { finding.Log, finding.Seq, finding.Kind, finding.Expected, finding.Found };

    /// <param name="Log">The workspace, or the installation's log.</param>
    /// <param name="Entries">Rows.</param>
    /// <param name="Ok">Whether nothing was found.</param>
    /// <param name="Pending">Rows that no checkpoint covers yet.</param>
    /// <param name="Erased">Rows whose record is erased under a recorded case.</param>
    /// <param name="Lost">Rows whose event was lost in a recorded restore.</param>
    /// <param name="FirstBad">The first finding; null where there is none.</param>
    /// <param name="FindingCount">All of them.</param>
    /// <param name="Findings">The first of each kind.</param>
    /// <param name="ArchiveBegun">Only where not all of an archive is there yet: since when it is read in.</param>
    private sealed record LogLine(
        Guid Log,
        long Entries,
        bool Ok,
        long Pending,
        long Erased,
        long Lost,
        object? FirstBad,
        long FindingCount,
        IReadOnlyList<LedgerFinding> Findings,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ArchiveBegun);
}
