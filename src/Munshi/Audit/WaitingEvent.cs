using Munshi.Database;
using Npgsql;

namespace Munshi.Audit;

/// <summary>An event without an entry, as the verifier reads it.</summary>
/// <remarks>Overdue: older than the verifier allows, or from the future.</remarks>
internal sealed record WaitingEvent(long Id, string Action, string Target, byte[]? Commitment, byte[]? CiphertextHash, bool IsOverdue)
{
    public static WaitingEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.OrNull<byte[]>(3),
        reader.OrNull<byte[]>(4),
        reader.GetBoolean(5));
}
