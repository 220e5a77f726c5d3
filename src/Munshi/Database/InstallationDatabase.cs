using Npgsql;

namespace Munshi.Database;

/// <summary>What a role other than <c>munshi_app</c> may do: statements across workspaces, within that role's narrow grants.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class InstallationDatabase(NpgsqlDataSource source, NpgsqlDataSource sessions)
{
    public async Task<IReadOnlyList<T>> RowsAsync<T>(
        Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.BatchCommands.Add(statement.Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await Rows.ReadAsync(reader, map, cancellationToken);
    }

    /// <summary>The first row, or the default where there is none.</summary>
    public async Task<T?> RowAsync<T>(
        Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        IReadOnlyList<T> rows = await RowsAsync(statement, map, cancellationToken);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>Runs statements in one transaction and one round trip; the number of rows the last one changed.</summary>
    public async Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        foreach (Statement statement in statements)
        {
            batch.BatchCommands.Add(statement.Command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>Runs a statement in a transaction of its own, and then tells listening processes; one round trip.</summary>
    /// <exception cref="PostgresException">The statement was refused; what it was to be told of has not happened, and whoever was told finds nothing.</exception>
    public async Task ExecuteAsync(Statement statement, string channel, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.EnableErrorBarriers = true; // each a transaction by itself
        batch.BatchCommands.Add(statement.Command);
        batch.BatchCommands.Add(Notifications.Of([(channel, "")]).Command);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Streams the rows of a long answer in order, without holding it in memory.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Statement statement,
        Func<NpgsqlDataReader, T> map,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = source.CreateBatch();
        batch.Timeout = 0;
        batch.BatchCommands.Add(statement.Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return map(reader);
        }
    }

    /// <summary>A connection of this role for the life of a session lock, of settings or of LISTEN, and for nobody after it; the caller disposes it.</summary>
    public ValueTask<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellationToken) =>
        sessions.OpenConnectionAsync(cancellationToken);
}
