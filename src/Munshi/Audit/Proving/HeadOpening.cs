using System.Text.Json;
using Munshi.Audit.Checkpoints;

namespace Munshi.Audit.Proving;

/// <summary>What turns a tick's leaf into a statement on one log: the extra bytes of a head's proof, as JSON.</summary>
/// <param name="Leaf">The tick's leaf, as text.</param>
/// <param name="Origin">The log's.</param>
/// <param name="Size">The log's number of leaves at the tick.</param>
/// <param name="Root">The log's root there, in hexadecimal digits.</param>
/// <param name="Place">The commitment's place among the tick's heads.</param>
/// <param name="Salt">The commitment's salt, in hexadecimal digits.</param>
/// <param name="Path">The hashes from the commitment to the tick's heads, in hexadecimal digits.</param>
internal sealed record HeadOpening(string Leaf, string Origin, long Size, string Root, int Place, string Salt, IReadOnlyList<string> Path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static HeadOpening Of(StoredCheckpoint checkpoint, string origin, string leaf) => new(
        leaf,
        origin,
        checkpoint.Size,
        Convert.ToHexStringLower(checkpoint.Root),
        checkpoint.Place,
        Convert.ToHexStringLower(checkpoint.Salt),
        [.. checkpoint.Path.Chunk(Ledger.Digest.Length).Select(Convert.ToHexStringLower)]);

    /// <summary>What <see cref="Encode"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static HeadOpening Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<HeadOpening>(json, Json) ?? throw new JsonException("An opening is an object.");

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
