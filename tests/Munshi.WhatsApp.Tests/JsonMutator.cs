using System.Text;
using System.Text.Json.Nodes;

namespace Munshi.WhatsApp.Tests;

/// <summary>Damages JSON the way a broken or hostile sender might: structure first, bytes sometimes.</summary>
internal sealed class JsonMutator(SeededNumbers numbers)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "1.50", "9223372036854775808", "\"\"", "[]", "{}", "[[]]", "[null]", "[{}]",
        "{\"\":0}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"919000000101\"", "\"messages\"", "\"text\"", "{\"\\ud800\":\"\\udfff\"}",
    ];

    private static readonly string[] Names = ["messages", "message", "from", "id", "type", "text", "body", "contacts", "metadata", "changes", "\\ud800", "\\u0069d"];

    public byte[] Mutate(string json)
    {
        JsonNode root = JsonNode.Parse(json)!;
        Dictionary<string, string> later = [];
        for (int i = 1 + numbers.Below(4); i > 0; i--)
        {
            MutateStructure(root, later);
        }

        string text = root.ToJsonString();
        foreach ((string mark, string raw) in later)
        {
            text = text.Replace($"\"{mark}\"", raw, StringComparison.Ordinal);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return numbers.Below(8) switch
        {
            0 => bytes[..numbers.Below(bytes.Length)],
            1 => Flip(bytes),
            _ => bytes,
        };
    }

    /// <summary>What <see cref="JsonNode"/> cannot hold (repeated names, lone surrogates) is put in by mark, after writing.</summary>
    private void MutateStructure(JsonNode root, Dictionary<string, string> later)
    {
        List<JsonNode> containers = [];
        Collect(root, containers);
        string mark = $"@{later.Count}@";
        switch (containers[numbers.Below(containers.Count)])
        {
            case JsonObject members when members.Count > 0:
                string name = members.ElementAt(numbers.Below(members.Count)).Key;
                switch (numbers.Below(4))
                {
                    case 0:
                        members.Remove(name);
                        break;
                    case 1:
                        members[mark] = members[name]?.DeepClone();
                        later[mark] = $"\"{name}\"";
                        break;
                    case 2:
                        members[mark] = members[name]?.DeepClone();
                        later[mark] = $"\"{Names[numbers.Below(Names.Length)]}\"";
                        break;
                    default:
                        members[name] = mark;
                        later[mark] = Value();
                        break;
                }

                break;
            case JsonArray items when items.Count > 0:
                int at = numbers.Below(items.Count);
                items.Add(items[at]?.DeepClone());
                if (numbers.Below(2) == 0)
                {
                    items[at] = mark;
                    later[mark] = Value();
                }

                break;
        }
    }

    private string Value()
    {
        int kind = numbers.Below(Values.Length + 2);
        int size = 1 + numbers.Below(80);
        return kind < Values.Length
            ? Values[kind]
            : kind == Values.Length ? new string('[', size) + new string(']', size) : $"\"{new string('x', size * 20)}\"";
    }

    private byte[] Flip(byte[] bytes)
    {
        bytes[numbers.Below(bytes.Length)] = (byte)numbers.Below(256);
        return bytes;
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        switch (node)
        {
            case JsonObject members:
                containers.Add(members);
                foreach (KeyValuePair<string, JsonNode?> member in members)
                {
                    Collect(member.Value, containers);
                }

                break;
            case JsonArray items:
                containers.Add(items);
                foreach (JsonNode? item in items)
                {
                    Collect(item, containers);
                }

                break;
        }
    }
}
