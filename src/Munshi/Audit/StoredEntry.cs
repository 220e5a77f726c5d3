using System.Text;
using Munshi.Database;
using Npgsql;

namespace Munshi.Audit;

/// <summary>A ledger row as the verifier reads it.</summary>
/// <param name="Seq">The number stored beside the leaf.</param>
/// <param name="Leaf">As stored, UTF-8; empty where there is none.</param>
/// <param name="RowHash">As stored; empty where there is none.</param>
/// <param name="EventId">The event's number; below zero where it was lost in a restore.</param>
/// <param name="Event">The event as it stands now; null where there is none.</param>
internal sealed record StoredEntry(long Seq, byte[] Leaf, byte[] RowHash, long EventId, StoredEvent? Event)
{
    public static StoredEntry Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        Encoding.UTF8.GetBytes(reader.OrNull<string>(1) ?? ""),
        reader.OrNull<byte[]>(2) ?? [],
        reader.GetInt64(10),
        reader.IsDBNull(3) ? null : StoredEvent.Read(reader, 4));
}
