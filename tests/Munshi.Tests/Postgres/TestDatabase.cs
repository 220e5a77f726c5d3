using Munshi.Database;
using Npgsql;

namespace Munshi.Tests.Postgres;

/// <summary>One test's own database; dropped when disposed.</summary>
internal sealed class TestDatabase(PostgresTemplate template, DatabaseAddress address) : IAsyncDisposable
{
    public DatabaseAddress Address { get; } = address;

    public Databases Databases { get; } = new(address, template.Secrets);

    /// <summary>As PostgreSQL's superuser: the one who can tamper.</summary>
    public async Task AsSuperuserAsync(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(Address).OpenAsync(Address.Database, CancellationToken.None);
#pragma warning disable CA2100 // the test's own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row, as superuser.</summary>
    public async Task<T> ScalarAsync<T>(string text)
    {
        await using NpgsqlConnection connection = await new AdminDatabase(Address).OpenAsync(Address.Database, CancellationToken.None);
#pragma warning disable CA2100 // the test's own text
        await using NpgsqlCommand command = new(text, connection);
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), "the query returned no row");
        return await reader.GetFieldValueAsync<T>(0);
    }

    public async ValueTask DisposeAsync()
    {
        await Databases.DisposeAsync();
        await template.DropAsync(Address.Database);
    }
}
