using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>What either side did to messages of its own afterwards.</summary>
internal sealed class MessageChanges(WorkspaceDatabase database, WordOpener opener)
{
    private static readonly string Select = Sql.Read("Vault/message_changes.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="messageIds">The messages shown.</param>
    /// <param name="cancellationToken">Honoured.</param>
    /// <returns>By message, oldest first.</returns>
    public async Task<ILookup<Guid, MessageChange>> OfAsync(Guid clientId, Guid[] messageIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageChange> changes = await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuids(messageIds),
            reader => new MessageChange(
                reader.GetGuid(0),
                reader.GetString(2) == "revoke",
                reader.GetFieldValue<DateTimeOffset>(3),
                opener.Open(reader.GetGuid(4), new SealContext(clientId, reader.GetGuid(1), MessageRecord.TextColumn), reader.OrNull<byte[]>(5))),
            cancellationToken);
        return changes.ToLookup(change => change.MessageId);
    }
}
