using Munshi.Ledger;
using Npgsql;

namespace Munshi.Audit.Export;

/// <summary>The signed checkpoint that an export ends at, and what opens its commitment in the instance log.</summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">As signed.</param>
/// <param name="Note">The checkpoint, a signed note.</param>
/// <param name="Tick">The tick that commits to it.</param>
/// <param name="Place">Its place among the tick's heads.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Path">From the place to the tick's heads.</param>
internal sealed record ExportedHead(long Size, Digest Root, string Note, long Tick, int Place, Digest Salt, Digest[] Path)
{
    public static ExportedHead Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        new Digest(reader.GetFieldValue<byte[]>(1)),
        reader.GetString(2),
        reader.GetInt64(3),
        reader.GetInt32(4),
        new Digest(reader.GetFieldValue<byte[]>(5)),
        [.. reader.GetFieldValue<byte[]>(6).Chunk(Digest.Length).Select(hash => new Digest(hash))]);
}
