using Munshi.Database;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Database;

/// <summary>One login of one role, with nothing of the product in between.</summary>
internal sealed class Session : IAsyncDisposable
{
    /// <summary>What <see cref="RefusalAsync"/> answers where nothing was refused.</summary>
    public const string Accepted = "accepted";

    private readonly NpgsqlConnection _connection;

    private Session(NpgsqlConnection connection) => _connection = connection;

    public static Task<Session> AsSuperuserAsync(TestDatabase database) => AsSuperuserAsync(database.Address);

    public static async Task<Session> AsSuperuserAsync(DatabaseAddress address) =>
        new(await new AdminDatabase(address).OpenAsync(address.Database, TestContext.Current.CancellationToken));

    /// <summary>By password, as the product does.</summary>
    public static async Task<Session> AsAsync(DatabaseRole role, DatabaseAddress address, RoleSecrets secrets)
    {
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = role.Name(),
            Password = secrets[role],
            Pooling = false,
        };
        NpgsqlConnection connection = new(builder.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return new Session(connection);
    }

    /// <summary>Sets the workspace for the whole session.</summary>
    public Task<int> EnterAsync(Guid clientId) => ExecuteAsync($"SET munshi.client_id = '{clientId}'");

    /// <summary>The number of rows changed; -1 for what changes none.</summary>
    public async Task<int> ExecuteAsync(string text)
    {
        await using NpgsqlCommand command = Command(text);
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of each row, as text.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string text)
    {
        await using NpgsqlCommand command = Command(text);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add($"{reader.GetValue(0)}");
        }

        return lines;
    }

    public async Task<string> LineAsync(string text) => Assert.Single(await LinesAsync(text));

    /// <summary>PostgreSQL's error code, or <see cref="Accepted"/>. Nothing of the attempt stays.</summary>
    public async Task<string> RefusalAsync(string text)
    {
        await ExecuteAsync("BEGIN");
        try
        {
            await ExecuteAsync(text);
            return Accepted;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
        finally
        {
            await ExecuteAsync("ROLLBACK");
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

#pragma warning disable CA2100 // the tests' own text
    private NpgsqlCommand Command(string text) => new(text, _connection);
#pragma warning restore CA2100
}
