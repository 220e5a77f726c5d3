using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>Writes a report for programs (JSON Lines) or for people.</summary>
internal static class ReportWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line for each finding and the total as the last line.</summary>
    public static void WriteJson(Report report, TextWriter output)
    {
        foreach (Finding finding in report.Findings)
        {
            Line(output, json => Write(json, report.Log, finding));
        }

        Line(output, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("entries", report.Entries);
            json.WriteBoolean("ok", report.IsOk);
            json.WriteNumber("erased", report.Erased);
            json.WriteNumber("lost", report.Lost);
            json.WriteNumber("withheld", report.Withheld);
            json.WritePropertyName("firstBad");
            if (report.Findings.Count == 0)
            {
                json.WriteNullValue();
            }
            else
            {
                Write(json, report.Log, report.Findings[0]);
            }

            json.WriteNumber("seconds", Math.Round(report.Duration.TotalSeconds, 3));
            json.WriteNumber("records", report.Records);
            json.WriteNumber("findingCount", report.FindingCount);
            json.WriteString("key", report.Key);
            json.WriteString("trust", report.KeyIsGiven ? "given" : "own");
            json.WriteString("tick", report.Tick is { } tick ? LedgerTime.Format(tick) : null);
            json.WriteStartArray("witnesses");
            foreach (string witness in report.Witnesses)
            {
                json.WriteStringValue(witness);
            }

            json.WriteEndArray();
            WriteCeremonies(json, report);
            WriteArchive(json, report.Archive);
            json.WriteEndObject();
        });
    }

    public static void WriteText(Report report, TextWriter output)
    {
        WriteFindings(report.Findings, report.FindingCount, output);
        if (report.Key is { } key)
        {
            Text(output, $"Signed by {key}");
            Text(output, report.KeyIsGiven
                ? (FormattableString)$"That key is the one in your policy; cosigned by {(report.Witnesses.Count == 0 ? "no witness of it" : string.Join(", ", report.Witnesses))}."
                : $"That key came with the export: compare it with one that you had from elsewhere, or give yours with --policy.");
        }

        if (report.Tick is { } tick)
        {
            Text(output, $"The instance log held it at {LedgerTime.Format(tick)}");
        }

        if (report.Archive is { } archive)
        {
            Text(
                output,
                $"Archive of a workspace, written at {LedgerTime.Format(archive.At)}: {archive.Files} files; {archive.Messages} messages, {archive.Proved} of them as their records in the ledger say, {archive.Wordless} without words");
        }

        foreach (Erasure erasure in report.Erasures)
        {
            Text(output, $"Erased at {LedgerTime.Format(erasure.Time)} (entry {erasure.Seq}) under the case {erasure.Case}, which names {erasure.Entries} entries");
        }

        foreach (Restore restore in report.Restores)
        {
            Text(output, $"Lost in the restore of {LedgerTime.Format(restore.Time)} (entry {restore.Seq}): the records of entries {restore.First} to {restore.Last}");
        }

        foreach (NewName name in report.Names)
        {
            Text(
                output,
                $"Begun anew at {LedgerTime.Format(name.Time)} (entry {name.Seq}) as {name.Origin}: of what {name.Before} signed, up to its checkpoint of {name.Size} ticks, the end is lost");
        }

        if (report.Withheld > 0)
        {
            Text(output, $"Withheld: the words of {report.Withheld} records, by whoever made this; an archive does so with what was deleted, and why is for you to ask");
        }

        Text(
            output,
            $"{report.Entries} entries, {report.Records} records, {report.Erased} erased, {report.Lost} lost{(report.Withheld == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {report.Withheld} withheld"))}, {report.Duration.TotalSeconds:0.0} s: {(report.IsOk ? "nothing was altered" : "NOT AS WRITTEN")}");
    }

    /// <param name="findings">Those kept.</param>
    /// <param name="count">All.</param>
    /// <param name="output">For people.</param>
    public static void WriteFindings(IReadOnlyList<Finding> findings, long count, TextWriter output)
    {
        foreach (Finding finding in findings)
        {
            Text(output, $"{finding.File}{(finding.Seq is { } seq ? $", entry {seq}" : "")}: {Name(finding.Kind)}: expected {finding.Expected}, found {finding.Found}");
        }

        if (count > findings.Count)
        {
            Text(output, $"and {count - findings.Count} more");
        }
    }

    private static void WriteCeremonies(Utf8JsonWriter json, Report report)
    {
        json.WriteStartArray("restores");
        foreach (Restore restore in report.Restores)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", restore.Seq);
            json.WriteString("time", LedgerTime.Format(restore.Time));
            json.WriteNumber("first", restore.First);
            json.WriteNumber("last", restore.Last);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("begunAnew");
        foreach (NewName name in report.Names)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", name.Seq);
            json.WriteString("time", LedgerTime.Format(name.Time));
            json.WriteString("origin", name.Origin);
            json.WriteString("before", name.Before);
            json.WriteNumber("size", name.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("erasures");
        foreach (Erasure erasure in report.Erasures)
        {
            json.WriteStartObject();
            json.WriteNumber("seq", erasure.Seq);
            json.WriteString("time", LedgerTime.Format(erasure.Time));
            json.WriteString("case", erasure.Case.ToString());
            json.WriteNumber("entries", erasure.Entries);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArchive(Utf8JsonWriter json, ArchiveFacts? archive)
    {
        if (archive is null)
        {
            return;
        }

        json.WriteStartObject("archive");
        json.WriteString("time", LedgerTime.Format(archive.At));
        json.WriteNumber("files", archive.Files);
        json.WriteNumber("messages", archive.Messages);
        json.WriteNumber("proved", archive.Proved);
        json.WriteNumber("wordless", archive.Wordless);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Guid? log, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("log", log?.ToString());
        json.WriteString("file", finding.File);
        if (finding.Seq is { } seq)
        {
            json.WriteNumber("seq", seq);
        }
        else
        {
            json.WriteNull("seq");
        }

        json.WriteString("kind", Name(finding.Kind));
        json.WriteString("expected", finding.Expected);
        json.WriteString("found", finding.Found);
        json.WriteEndObject();
    }

    private static string Name(FindingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static void Line(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Options))
        {
            write(json);
        }

        output.Write(Encoding.UTF8.GetString(bytes.ToArray()));
        output.Write('\n');
    }

    public static void Text(TextWriter output, FormattableString line)
    {
        foreach (char character in line.ToString(CultureInfo.InvariantCulture)) // file names and origins are whatever somebody wrote
        {
            output.Write(char.IsControl(character) ? '?' : character);
        }

        output.Write('\n');
    }
}
