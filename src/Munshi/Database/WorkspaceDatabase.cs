using Npgsql;

namespace Munshi.Database;

/// <summary>The only way to a workspace's rows: role <c>munshi_app</c>, with the workspace set for the transaction.</summary>
/// <remarks>
/// A single access is one network round trip: the setting and the statements travel as one batch, which PostgreSQL runs as
/// one transaction (extended query protocol, up to Sync). Safe for concurrent use.
/// </remarks>
internal sealed class WorkspaceDatabase(NpgsqlDataSource source)
{
    internal const string SetWorkspace = "SELECT set_config('munshi.client_id', $1, true)";

    /// <summary>The rows of one statement.</summary>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(
        Guid clientId, Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope(clientId).Command);
        batch.BatchCommands.Add(statement.Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await Rows.ReadAsync(reader, map, cancellationToken);
    }

    /// <summary>The first row of one statement, or the default where there is none.</summary>
    public async Task<T?> RowAsync<T>(
        Guid clientId, Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        IReadOnlyList<T> rows = await RowsAsync(clientId, statement, map, cancellationToken);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Runs statements in one transaction and one round trip; durable once the task completes.</summary>
    public async Task ExecuteAsync(Guid clientId, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope(clientId).Command);
        foreach (Statement statement in statements)
        {
            batch.BatchCommands.Add(statement.Command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; commits when it returns, rolls back when it throws.</summary>
    /// <remarks>Cancellation is honoured until the commit is sent; a commit is never abandoned half-way.</remarks>
    public async Task<T> TransactAsync<T>(
        Guid clientId, Func<WorkspaceTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        WorkspaceTransaction transaction = new(connection, clientId, cancellationToken);
        try
        {
            T result = await work(transaction);
            await transaction.CommitAsync();
            return result;
        }
        catch
        {
            await transaction.RollbackAsync();
            throw;
        }
    }

    internal static Statement Scope(Guid clientId) => new Statement(SetWorkspace).Text(clientId.ToString());
}
