using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Writes an export for programs, a JSON object a line, or for people.</summary>
internal sealed class ExportPrinter(ChatExport export, Stream output)
{
    private const int BufferBytes = 64 * 1024;

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void PrintJson(CancellationToken cancellationToken)
    {
        using BufferedStream buffered = new(output, BufferBytes);
        using Utf8JsonWriter json = new(buffered, Options);
        foreach (ExportMessage message in export.Read(keepRaw: false, cancellationToken))
        {
            WriteJson(json, message, message.At.ToString("s", CultureInfo.InvariantCulture));
            buffered.WriteByte((byte)'\n');
        }
    }

    /// <summary>The summary, and below it the messages.</summary>
    public void PrintText(CancellationToken cancellationToken)
    {
        using StreamWriter text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes);
        Dictionary<string, long> people = new(StringComparer.Ordinal);
        Dictionary<ExportKind, long> kinds = [];
        long count = 0;
        (DateTime first, DateTime last) = (DateTime.MaxValue, DateTime.MinValue);
        foreach (ExportMessage message in export.Read(keepRaw: false, cancellationToken))
        {
            count++;
            (first, last) = (message.At < first ? message.At : first, message.At > last ? message.At : last);
            kinds[message.Kind] = kinds.GetValueOrDefault(message.Kind) + 1;
            if (message.From is { } name)
            {
                people[name] = people.GetValueOrDefault(name) + 1;
            }
        }

        text.WriteLine(FormattableString.Invariant($"{count} messages, {first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm}"));
        text.WriteLine($"Layout: {export.Layout}; the order of dates is {Sureness(export.Ground)}");
        text.WriteLine(FormattableString.Invariant($"{people.Count} people: {string.Join(", ", people.OrderByDescending(person => person.Value).Select(person => $"{TerminalText.Line(person.Key)} ({person.Value})"))}"));
        text.WriteLine(FormattableString.Invariant($"Kinds: {string.Join(", ", kinds.OrderByDescending(kind => kind.Value).Select(kind => $"{Word(kind.Key)} {kind.Value}"))}"));
        foreach (ExportProblem problem in export.Problems)
        {
            text.WriteLine($"Problem: {ExportSentences.Of(problem)}");
        }

        text.WriteLine();
        foreach (ExportMessage message in export.Read(keepRaw: false, cancellationToken))
        {
            text.WriteLine(FormattableString.Invariant($"{message.At:yyyy-MM-dd HH:mm}  {Line(message)}"));
        }
    }

    /// <summary>One record as an object; the writer is left empty.</summary>
    public static void WriteJson(Utf8JsonWriter json, ExportMessage message, string at)
    {
        json.WriteStartObject();
        json.WriteString("at"u8, at);
        json.WriteString("from"u8, message.From);
        json.WriteString("kind"u8, Word(message.Kind));
        json.WriteString("text"u8, message.Text);
        json.WriteString("attachment"u8, message.Attachment);
        json.WriteBoolean("edited"u8, message.Edited);
        json.WriteEndObject();
        json.Flush();
        json.Reset();
    }

    private static string Sureness(DateOrderGround ground) => ground switch
    {
        DateOrderGround.Certain => "certain",
        DateOrderGround.Inferred => "inferred from the whole file",
        _ => "a guess",
    };

    /// <summary>One record for people, safe on a terminal.</summary>
    public static string Line(ExportMessage message)
    {
        string kind = message.Kind switch
        {
            ExportKind.Text => "",
            ExportKind.Media => message.Attachment is { } file ? $"[file {file}] " : "[a file that the phone left out] ",
            ExportKind.System => "[WhatsApp] ",
            ExportKind.Deleted => "[deleted] ",
            _ => $"[{Word(message.Kind)}] ",
        };
        string words = message.Text.Replace("\n", "\n                  ", StringComparison.Ordinal);
        return TerminalText.Of($"{(message.From is null ? "" : message.From + ": ")}{kind}{words}{(message.Edited ? " (edited)" : "")}".TrimEnd());
    }

    private static string Word(ExportKind kind) => kind switch
    {
        ExportKind.Media => "media",
        ExportKind.System => "system",
        ExportKind.Deleted => "deleted",
        ExportKind.Call => "call",
        ExportKind.Poll => "poll",
        ExportKind.Location => "location",
        ExportKind.Contact => "contact",
        _ => "text",
    };
}
