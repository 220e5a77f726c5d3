using System.Text.Json;

namespace Munshi.Knowledge;

/// <summary>Reads <c>{"id","question","title","answer","examples":[…]}</c>, one object a line; unknown fields are ignored, blank lines skipped.</summary>
internal static class FaqJsonLines
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static IReadOnlyList<FaqRecord> Records(string text, FaqProblems problems)
    {
        List<FaqRecord> records = [];
        int line = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> row = text.AsSpan(range);
            line++;
            if (problems.Full || records.Count > FaqReader.MaxEntries)
            {
                break;
            }

            if (!row.IsWhiteSpace() && Record(line, row.ToString(), problems) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static FaqRecord? Record(int line, string row, FaqProblems problems)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(row, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                problems.Add(line, "line", "is not a JSON object", "one JSON object a line");
                return null;
            }

            return FromObject(line, document.RootElement, problems);
        }
        catch (JsonException)
        {
            problems.Add(line, "line", "is not valid JSON", "one JSON object a line, each field once");
            return null;
        }
        catch (InvalidOperationException)
        {
            // GetString throws this for an escaped lone surrogate.
            problems.Add(line, "line", "has half of a surrogate pair", "whole Unicode characters");
            return null;
        }
    }

    private static FaqRecord? FromObject(int line, JsonElement root, FaqProblems problems)
    {
        bool sound = Text(line, root, "id", problems, out string? id)
            & Text(line, root, "question", problems, out string? question)
            & Text(line, root, "title", problems, out string? title)
            & Text(line, root, "answer", problems, out string? answer)
            & Examples(line, root, problems, out List<string> examples);
        return sound ? new FaqRecord(line, id, question, title, answer, examples) : null;
    }

    private static bool Text(int line, JsonElement root, string field, FaqProblems problems, out string? value)
    {
        value = null;
        if (!root.TryGetProperty(field, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            problems.Add(line, field, $"is a JSON {element.ValueKind}", "a JSON string");
            return false;
        }

        value = element.GetString();
        return true;
    }

    private static bool Examples(int line, JsonElement root, FaqProblems problems, out List<string> examples)
    {
        const string Allowed = "a JSON array of strings";
        examples = [];
        if (!root.TryGetProperty("examples", out JsonElement element) || element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            problems.Add(line, "examples", $"is a JSON {element.ValueKind}", Allowed);
            return false;
        }

        foreach (JsonElement example in element.EnumerateArray())
        {
            if (example.ValueKind != JsonValueKind.String)
            {
                problems.Add(line, "examples", $"holds a JSON {example.ValueKind}", Allowed);
                return false;
            }

            examples.Add(example.GetString() ?? "");
        }

        return true;
    }
}
