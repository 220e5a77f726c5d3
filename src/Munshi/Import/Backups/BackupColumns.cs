using Microsoft.Data.Sqlite;

namespace Munshi.Import.Backups;

/// <summary>Reads columns that may hold anything.</summary>
internal static class BackupColumns
{
    /// <summary>0 where there is none, or no number.</summary>
    public static long Number(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);

    public static double? Real(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    /// <summary>Null where there is none, or an empty one.</summary>
    public static string? Words(this SqliteDataReader reader, int column) => reader.IsDBNull(column) || reader.GetString(column) is not { Length: > 0 } text ? null : text;
}
