using System.Globalization;
using System.Text;
using System.Text.Json;
using Munshi.CommandLine;
using Munshi.Knowledge;

namespace Munshi.Responder.Replay;

/// <summary>Reads recorded conversations: JSON Lines, as the capability's README describes them. The whole file, or a refusal that names the line.</summary>
internal static class ReplayReader
{
    private const string DefaultConversation = "1";

    /// <exception cref="RefusalException">A line is none of those described.</exception>
    public static IReadOnlyList<ReplayLine> Read(string text)
    {
        List<ReplayLine> lines = [];
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                lines.Add(ReadLine(line.Trim('\uFEFF', '\r', ' '), number));
            }
        }

        return lines;
    }

    private static ReplayLine ReadLine(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return ReadObject(document.RootElement, number);
            }
        }
        catch (JsonException)
        {
            // Refused below, with the line's number.
        }

        throw Refuse(number, "is not a JSON object");
    }

    private static ReplayLine ReadObject(JsonElement json, int number)
    {
        if (json.TryGetProperty("faq", out JsonElement faq))
        {
            return FaqReader.Read(Encoding.UTF8.GetBytes(faq.GetRawText().ReplaceLineEndings(" "))) is FaqReading.Read { Entries: [FaqEntry entry] }
                ? new ReplayLine.Entry(entry) { Number = number }
                : throw Refuse(number, "is not one entry with id, question and answer under \"faq\"");
        }

        string conversation = Text(json, "conversation") ?? DefaultConversation;
        DateTimeOffset? at = At(json, number);
        return (Text(json, "owner"), Text(json, "choice"), Text(json, "text"), Text(json, "kind")) switch
        {
            ("person", _, _, _) => new ReplayLine.Owner(conversation, at, Person: true) { Number = number },
            ("munshi", _, _, _) => new ReplayLine.Owner(conversation, at, Person: false) { Number = number },
            (null, { } choice, var title, _) => new ReplayLine.Customer(conversation, at, "reply", title, choice) { Number = number },
            (null, null, { } words, _) => new ReplayLine.Customer(conversation, at, "text", words, null) { Number = number },
            (null, null, null, { } kind) => new ReplayLine.Customer(conversation, at, kind, null, null) { Number = number },
            _ => throw Refuse(number, "has none of \"faq\", \"text\", \"choice\", \"kind\" or \"owner\" (person, munshi)"),
        };
    }

    private static DateTimeOffset? At(JsonElement json, int number) => Text(json, "at") is not { } at ? null
        : DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed) && parsed.Year is > 2000 and < 9000 ? parsed.ToUniversalTime()
        : throw Refuse(number, "has an \"at\" that is no ISO 8601 time");

    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD"; // half of a surrogate pair, which JSON may spell
        }
    }

    private static RefusalException Refuse(int number, string wrong) => new($"Line {number} {wrong}.");
}
