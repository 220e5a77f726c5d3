using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

/// <summary>Every member of every sample, replaced in turn by every other kind of value and taken away.</summary>
public sealed class PayloadSweepTests
{
    private const string Removed = "";
    private const string Added = "added";

    /// <summary>Nothing the customer is, has or wrote consists of letters only, but these.</summary>
    private static readonly string[] Names = ["Asha", "Ravi", "Rao", "Meena", "FWD"];

    private static readonly string[] Replacements =
        [Removed, "null", "true", "70701", "-1.5e3", "1e400", "\"swapped 70702\"", "\"\"", "\"\\ud800\"", "[]", "[70703]", "[[{\"a\":70704}]]", "{}", "{\"a\":70705}"];

    public static TheoryData<string> Samples { get; } = [.. SamplePayloads.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Member_of_a_wrong_kind_never_throws_and_nothing_of_the_delivery_is_lost(string sample)
    {
        int count = Places(JsonNode.Parse(sample)!).Count();
        for (int at = 0; at < count; at++)
        {
            foreach (string replacement in Replacements)
            {
                Check(Replace(sample, at, replacement));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Unknown_member_of_any_object_is_kept(string sample)
    {
        int count = Objects(JsonNode.Parse(sample)!).Count();
        for (int at = 0; at < count; at++)
        {
            JsonNode root = JsonNode.Parse(sample)!;
            Objects(root).ElementAt(at)[Added] = "member 70706";

            Check(root.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Whole_sample_is_kept(string sample) => Check(sample);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Printed_records_show_nothing_that_anyone_wrote(string sample)
    {
        using JsonDocument document = JsonDocument.Parse(sample);
        string[] personal = [.. Leaves(document.RootElement).Where(IsPersonal)];
        foreach (WebhookUpdate update in Payload.Split(sample))
        {
            string[] printed = [update.ToString(), .. Readings.Of(update.Json).SelectMany(Readings.RecordsIn).Select(record => record.ToString()!)];

            Assert.All(printed, text => Assert.DoesNotContain(personal, personal => text.Contains(personal, StringComparison.Ordinal)));
        }
    }

    private static void Check(string delivery)
    {
        byte[] body = Encoding.UTF8.GetBytes(delivery);
        if (WebhookEnvelope.Read(body) is not EnvelopeOutcome.Updates updates)
        {
            return; // no object with entries any more
        }

        HashSet<string> kept = ["whatsapp_business_account", "whatsapp"];
        foreach (WebhookUpdate update in updates.Items)
        {
            using JsonDocument json = JsonDocument.Parse(update.Json);
            kept.UnionWith(Leaves(json.RootElement));
            Readings.Of(update.Json);
        }

        using JsonDocument whole = JsonDocument.Parse(body);
        foreach (string leaf in Leaves(whole.RootElement).Where(leaf => !kept.Contains(leaf)))
        {
            Assert.Fail($"Lost: {leaf}\n{delivery}");
        }
    }

    private static string Replace(string sample, int at, string replacement)
    {
        JsonNode root = JsonNode.Parse(sample)!;
        (JsonNode parent, object key) = Places(root).ElementAt(at);
        const string mark = "@mark@";
        switch (parent, key)
        {
            case (JsonObject members, string name) when replacement == Removed:
                members.Remove(name);
                break;
            case (JsonArray items, int index) when replacement == Removed:
                items.RemoveAt(index);
                break;
            case (JsonObject members, string name):
                members[name] = mark;
                break;
            case (JsonArray items, int index):
                items[index] = mark;
                break;
        }

        return root.ToJsonString().Replace($"\"{mark}\"", replacement, StringComparison.Ordinal);
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value).Prepend((members, member.Key))),
        JsonArray items => items.SelectMany((item, index) => Places(item).Prepend((items, index))),
        _ => [],
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Objects(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    /// <summary>Every string and number, as written and without quotation marks.</summary>
    private static IEnumerable<string> Leaves(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Leaves(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Leaves),
        JsonValueKind.String or JsonValueKind.Number => [element.GetRawText().Trim('"')],
        _ => [],
    };

    private static bool IsPersonal(string leaf) => Names.Contains(leaf) || (leaf.Length > 4 && leaf.Any(c => !char.IsAsciiLetter(c) && c != '_') && !MayBePrinted(leaf));

    /// <summary>Error codes and times; phone numbers and ids are longer, or begin otherwise.</summary>
    private static bool MayBePrinted(string leaf) =>
        leaf.All(char.IsAsciiDigit) && (leaf.Length <= 7 || (leaf.Length == 10 && leaf.StartsWith("179", StringComparison.Ordinal)));
}
