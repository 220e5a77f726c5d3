using Munshi.Database;

namespace Munshi.Archives;

/// <summary>What was deleted by whoever wrote it, so that an archive holds no words of it, in its data, its pages and its ledger.</summary>
internal sealed class DeletedWords(WorkspaceDatabase database)
{
    private const string HandOffs = "SELECT id, asked FROM responder.hand_off WHERE client_id = $1 AND id = ANY ($2)";

    private const string Notes = "SELECT note_id FROM vault.note_removal WHERE client_id = $1 AND note_id = ANY ($2)";

    private static readonly string Messages = Sql.Read("Archives/deleted_messages.sql");

    /// <summary>Those that were deleted for everyone, or are new wordings of one that was, and when.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> MessagesAsync(Guid clientId, Guid[] messageIds, CancellationToken cancellationToken) =>
        messageIds.Length == 0
            ? new Dictionary<Guid, DateTimeOffset>()
            : (await database.RowsAsync(
                clientId,
                new Statement(Messages).Uuid(clientId).Uuids(messageIds),
                reader => (Id: reader.GetGuid(0), At: reader.GetFieldValue<DateTimeOffset>(1)),
                cancellationToken)).ToDictionary(one => one.Id, one => one.At);

    /// <summary>Of objects as leaves name them, those whose records hold such words.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="kind">The objects' kind.</param>
    /// <param name="ids">The objects.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<IReadOnlySet<Guid>> OfAsync(Guid clientId, string kind, Guid[] ids, CancellationToken cancellationToken) => kind switch
    {
        "message" => (await MessagesAsync(clientId, ids, cancellationToken)).Keys.ToHashSet(),
        "note" => (await database.RowsAsync(clientId, new Statement(Notes).Uuid(clientId).Uuids(ids), reader => reader.GetGuid(0), cancellationToken)).ToHashSet(),
        "media" => await FilesAsync(clientId, ids, cancellationToken),
        "hand-off" => await HandOffsAsync(clientId, ids, cancellationToken),
        _ => new HashSet<Guid>(),
    };

    /// <summary>By its hash a file can be known again.</summary>
    private async Task<IReadOnlySet<Guid>> FilesAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Id, Guid Message)> rows = await database.RowsAsync(
            clientId,
            new Statement("SELECT id, message_id FROM vault.media WHERE client_id = $1 AND id = ANY ($2)").Uuid(clientId).Uuids(ids),
            reader => (reader.GetGuid(0), reader.GetGuid(1)),
            cancellationToken);
        IReadOnlyDictionary<Guid, DateTimeOffset> deleted = await MessagesAsync(clientId, [.. rows.Select(row => row.Message)], cancellationToken);
        return rows.Where(row => deleted.ContainsKey(row.Message)).Select(row => row.Id).ToHashSet();
    }

    /// <summary>A hand-off is told with the beginnings of what was asked.</summary>
    private async Task<IReadOnlySet<Guid>> HandOffsAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid Id, Guid[] Asked)> rows = await database.RowsAsync(
            clientId, new Statement(HandOffs).Uuid(clientId).Uuids(ids), reader => (reader.GetGuid(0), reader.GetFieldValue<Guid[]>(1)), cancellationToken);
        IReadOnlyDictionary<Guid, DateTimeOffset> deleted = await MessagesAsync(clientId, [.. rows.SelectMany(row => row.Asked).Distinct()], cancellationToken);
        return rows.Where(row => row.Asked.Any(deleted.ContainsKey)).Select(row => row.Id).ToHashSet();
    }
}
