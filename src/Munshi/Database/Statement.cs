using Npgsql;
using NpgsqlTypes;

namespace Munshi.Database;

/// <summary>One SQL statement with its positional parameters, added in the order of <c>$1</c>, <c>$2</c>, …</summary>
internal sealed class Statement(string text)
{
    internal NpgsqlBatchCommand Command { get; } = new(text);

    /// <summary>Whether it answers with rows although nobody reads them, as a SELECT of a function does.</summary>
    public bool ReturnsRows { get; init; }

    public Statement Uuid(Guid? value) => Add(NpgsqlDbType.Uuid, value);

    public Statement Uuids(Guid[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    public Statement Uuids(Guid?[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    public Statement Text(string? value) => Add(NpgsqlDbType.Text, value);

    public Statement Texts(string?[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Text, value);

    /// <summary>NULL where there is no list.</summary>
    public Statement OptionalTexts(IReadOnlyList<string>? value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Text, value?.ToArray());

    public Statement Bytes(byte[]? value) => Add(NpgsqlDbType.Bytea, value);

    public Statement BytesArray(byte[]?[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Bytea, value);

    public Statement Time(DateTimeOffset? value) => Add(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public Statement Date(DateOnly? value) => Add(NpgsqlDbType.Date, value);

    public Statement Times(DateTimeOffset[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, value);

    public Statement Times(DateTimeOffset?[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, value);

    public Statement Long(long? value) => Add(NpgsqlDbType.Bigint, value);

    public Statement Longs(long[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, value);

    public Statement Int(int? value) => Add(NpgsqlDbType.Integer, value);

    public Statement Ints(int[] value) => Add(NpgsqlDbType.Array | NpgsqlDbType.Integer, value);

    public Statement Number(double? value) => Add(NpgsqlDbType.Double, value);

    public Statement Flag(bool? value) => Add(NpgsqlDbType.Boolean, value);

    public Statement Xid(ulong value) => Add(NpgsqlDbType.Xid8, value);

    private Statement Add(NpgsqlDbType type, object? value)
    {
        Command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return this;
    }
}
