using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Munshi.Ledger;
using Munshi.Ledger.Transcripts;

namespace Munshi.Verifier;

/// <summary>Whether the messages in an archive's data are what their records in its ledger say. To be run where every file is as it was sealed.</summary>
internal sealed class ArchiveMessages(ExportDirectory archive, Findings findings)
{
    private const string Data = "data/messages.jsonl";
    private const string Records = "ledger/records.jsonl";
    private const string Mark = "\"object\":\"message:";

    /// <summary>The messages of so many bytes are in memory at once, each with its id and a hash.</summary>
    private const long BytesAtOnce = 512L * 1024 * 1024;

    /// <summary>By their names in a record and in the data.</summary>
    private static readonly (string Record, string Data)[] Fields =
    [
        ("conversation", "conversation"), ("identifier", "identifier"), ("direction", "direction"), ("author", "author"), ("kind", "kind"), ("source", "source"),
        ("turn", "turn"), ("at", "at"), ("provider-at", "providerAt"), ("received-at", "receivedAt"), ("text", "text"), ("raw", "raw"),
    ];

    /// <summary>What is left out of one that was deleted or erased.</summary>
    private static readonly string[] Words = ["text", "raw"];

    public long Count { get; private set; }

    public long Proved { get; private set; }

    public long Wordless { get; private set; }

    public void Run()
    {
        if (!archive.Has(Data) || !archive.Has(Records))
        {
            findings.Add(archive.Has(Data) ? Records : Data, null, FindingKind.FileMissing, "a file that can be read", "none");
            return;
        }

        int passes = (int)Math.Min(byte.MaxValue, 1 + (new FileInfo(archive.PathOf(Data)).Length / BytesAtOnce));
        for (int pass = 0; pass < passes; pass++)
        {
            if (Read(pass, passes) is not { } messages)
            {
                return;
            }

            Compare(messages, pass, passes);
        }
    }

    /// <summary>The messages of a pass, with a hash over what is told of each, and whether its words are not there and it says so. Null, and a finding, at a line that is none.</summary>
    private Dictionary<Guid, (Digest Told, bool IsBlank)>? Read(int pass, int passes)
    {
        Dictionary<Guid, (Digest Told, bool IsBlank)> messages = [];
        long number = 0;
        foreach (string line in File.ReadLines(archive.PathOf(Data), Encoding.UTF8))
        {
            number++;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement message = document.RootElement;
                Guid id = message.GetProperty("id").GetGuid();
                if (PassOf(id, passes) == pass)
                {
                    Count++;
                    bool isBlank = (message.TryGetProperty("deleted", out _) || message.TryGetProperty("erased", out _) || message.TryGetProperty("damaged", out _))
                        && Words.All(word => message.GetProperty(word).ValueKind is JsonValueKind.Null);
                    Wordless += isBlank ? 1 : 0;
                    messages.Add(id, (Hash(Fields.Select(field => ValueOf(message.GetProperty(field.Data), field.Data))), isBlank));
                }
            }
            catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
            {
                findings.Add(Data, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: a message, once"), "another content");
                return null;
            }
        }

        return messages;
    }

    private void Compare(Dictionary<Guid, (Digest Told, bool IsBlank)> messages, int pass, int passes)
    {
        foreach (string line in File.ReadLines(archive.PathOf(Records), Encoding.ASCII))
        {
            if (RecordOf(line) is not (var seq, var id, var fields) || PassOf(id, passes) != pass)
            {
                continue;
            }

            if (!messages.TryGetValue(id, out (Digest Told, bool IsBlank) told))
            {
                findings.Add(Data, seq, FindingKind.RecordMissing, $"message:{id}", "no such message");
            }
            else if (fields is null)
            {
                if (!told.IsBlank)
                {
                    findings.Add(Data, seq, FindingKind.Shown, $"message:{id} without words: its record has none", "some");
                }
            }
            else if (told.Told != Hash(Fields.Select(field => told.IsBlank && Words.Contains(field.Data) ? null : fields[field.Record])))
            {
                findings.Add(Data, seq, FindingKind.Shown, $"message:{id} as recorded", "another content");
            }
            else if (!told.IsBlank)
            {
                Proved++;
            }
        }
    }

    /// <summary>A message's record; without fields where its plaintext is not there. Null for any other line, which the ledger's check judges.</summary>
    private static (long Seq, Guid Id, RecordFields? Fields)? RecordOf(string line)
    {
        int mark = line.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 8
            || line.Length < mark + Mark.Length + 36
            || !long.TryParse(line.AsSpan(7, mark - 8), NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            || !Guid.TryParseExact(line.AsSpan(mark + Mark.Length, 36), "D", out Guid id))
        {
            return null;
        }

        int start = line.IndexOf("\"record\":\"", StringComparison.Ordinal) + "\"record\":\"".Length;
        int end = start < "\"record\":\"".Length ? -1 : line.IndexOf('"', start);
        return (seq, id, end >= 0 && CanonicalBase64.TryDecode(Encoding.ASCII.GetBytes(line[start..end]), out byte[]? record) ? RecordFields.Parse(record) : null);
    }

    private static string? ValueOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => value.GetInt64().ToString(CultureInfo.InvariantCulture),
        _ when name == "raw" => Encoding.UTF8.GetString(value.GetBytesFromBase64()),
        _ => value.GetString(),
    };

    /// <summary>Each value after its length, so that no two lists of values have one encoding.</summary>
    private static Digest Hash(IEnumerable<string?> values)
    {
        StringBuilder all = new();
        foreach (string? value in values)
        {
            all.Append(CultureInfo.InvariantCulture, $"{value?.Length ?? -1} {value}\n");
        }

        return new Digest(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }

    private static int PassOf(Guid id, int passes) => id.ToByteArray()[^1] % passes;
}
