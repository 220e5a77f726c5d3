using System.Text;
using System.Text.Json;

namespace Munshi.Ledger.Tests.Merkle;

/// <summary>Values computed by another program from RFC 9162: <c>worked-trees.json</c>.</summary>
internal static class WorkedTrees
{
    public static JsonElement Root { get; } = Read();

    public static IEnumerable<byte[]> LeafData => Root.GetProperty("leaf_data").EnumerateArray().Select(leaf => Encoding.ASCII.GetBytes(leaf.GetString()!));

    public static Digest Hash(string hex)
    {
        Assert.True(Digest.TryParse(Encoding.ASCII.GetBytes(hex), out Digest digest));
        return digest;
    }

    public static Digest Hash(JsonElement parent, string name) => Hash(parent.GetProperty(name).GetString()!);

    public static Digest[] Hashes(JsonElement parent, string name) => Hashes(parent.GetProperty(name));

    public static Digest[] Hashes(JsonElement list) => [.. list.EnumerateArray().Select(hex => Hash(hex.GetString()!))];

    private static JsonElement Read()
    {
        using Stream stream = typeof(WorkedTrees).Assembly.GetManifestResourceStream("worked-trees.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
