using Munshi.Database;
using Npgsql;

namespace Munshi.Intake.Deliveries;

/// <summary>Reads the columns <c>id, kind, state, reason, received_at, settled_at, replays, replayed_at, became</c> of an update.</summary>
internal static class UpdateColumns
{
    public static (UpdateRow Row, Guid? Became) Read(NpgsqlDataReader reader, int first)
    {
        string? reason = reader.OrNull<string>(first + 3);
        return (
            new UpdateRow(
                reader.GetGuid(first), reader.GetString(first + 1), UpdateRow.StateOf(reader.GetString(first + 2), reason), reason,
                reader.GetFieldValue<DateTimeOffset>(first + 4), reader.ValueOrNull<DateTimeOffset>(first + 5), reader.GetInt32(first + 6),
                reader.ValueOrNull<DateTimeOffset>(first + 7)),
            reader.ValueOrNull<Guid>(first + 8));
    }
}
