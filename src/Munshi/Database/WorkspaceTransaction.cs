using System.Data;
using Npgsql;

namespace Munshi.Database;

/// <summary>One transaction of one workspace. Not safe for concurrent use.</summary>
/// <remarks>
/// BEGIN and the workspace setting travel with the first statement, queued statements with the next one or with COMMIT, so a
/// transaction costs as many round trips as there are answers to wait for.
/// </remarks>
internal sealed class WorkspaceTransaction(NpgsqlConnection connection, Guid clientId, CancellationToken cancellationToken)
{
    private readonly List<Statement> _queued = [];
    private HashSet<(string Channel, string Payload)>? _told;
    private bool _begun;

    public Guid ClientId { get; } = clientId;

    /// <summary>Honoured between statements.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Sends a statement together with the next one or with the commit; rows it returns are not read.</summary>
    public void Queue(Statement statement) => _queued.Add(statement);

    /// <summary>Tells listening processes something once this is committed, each thing once; in the round trip of the commit.</summary>
    public void Tell(string channel, string payload) => (_told ??= []).Add((channel, payload));

    public async Task<IReadOnlyList<T>> RowsAsync<T>(Statement statement, Func<NpgsqlDataReader, T> map)
    {
        await using NpgsqlBatch batch = connection.CreateBatch();
        int results = AddPending(batch);
        batch.BatchCommands.Add(statement.Command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(CancellationToken);
        for (int passed = 0; passed < results; passed++)
        {
            await reader.NextResultAsync(CancellationToken);
        }

        return await Rows.ReadAsync(reader, map, CancellationToken);
    }

    public async Task<T?> RowAsync<T>(Statement statement, Func<NpgsqlDataReader, T> map)
    {
        IReadOnlyList<T> rows = await RowsAsync(statement, map);
        return rows.Count == 0 ? default : rows[0];
    }

    /// <summary>The number of rows that the statement changed.</summary>
    public async Task<int> ExecuteAsync(Statement statement)
    {
        await using NpgsqlBatch batch = connection.CreateBatch();
        AddPending(batch);
        batch.BatchCommands.Add(statement.Command);
        await batch.ExecuteNonQueryAsync(CancellationToken);
        return (int)statement.Command.RecordsAffected;
    }

    internal async Task CommitAsync()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (!_begun && _queued.Count == 0 && _told is null)
        {
            return;
        }

        await using NpgsqlBatch batch = connection.CreateBatch();
        if (_begun || _queued.Count > 0)
        {
            AddPending(batch);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        }

        if (_told is not null)
        {
            batch.BatchCommands.Add(Notifications.Of(_told).Command);
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        _begun = false;
    }

    internal async Task RollbackAsync()
    {
        if (!_begun || connection.State != ConnectionState.Open)
        {
            return;
        }

        try
        {
            await using NpgsqlCommand rollback = new("ROLLBACK", connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the transaction with it.
        }
    }

    /// <summary>The number of results that come before that of the statement added next.</summary>
    private int AddPending(NpgsqlBatch batch)
    {
        int results = 0;
        if (!_begun)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
            batch.BatchCommands.Add(WorkspaceDatabase.Scope(ClientId).Command);
            _begun = true;
            results = 1;
        }

        foreach (Statement statement in _queued)
        {
            batch.BatchCommands.Add(statement.Command);
            results += statement.ReturnsRows ? 1 : 0;
        }

        _queued.Clear();
        return results;
    }
}
