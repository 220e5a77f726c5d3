using Npgsql;

namespace Munshi.Database;

internal static class Rows
{
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>A column that may be NULL, typed (an untyped read hides a wrong type as a NULL).</summary>
    public static T? OrNull<T>(this NpgsqlDataReader reader, int ordinal)
        where T : class => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);

    /// <inheritdoc cref="OrNull{T}(NpgsqlDataReader, int)"/>
    public static T? ValueOrNull<T>(this NpgsqlDataReader reader, int ordinal)
        where T : struct => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<T>(ordinal);
}
