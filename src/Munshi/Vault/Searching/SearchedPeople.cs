using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Searching;

/// <summary>Reads names and numbers for searching.</summary>
internal sealed class SearchedPeople(WorkspaceDatabase database, ContactLabels labels, WordOpener opener)
{
    private static readonly string Page = Sql.Read("Vault/Searching/identifiers_after.sql");
    private static readonly string Some = Sql.Read("Vault/Searching/identifiers_of.sql");
    private static readonly string Talks = Sql.Read("Vault/Searching/searched_conversations.sql");
    private static readonly string TalksOf = Sql.Read("Vault/Searching/conversations_of_people.sql");

    /// <summary>The identifiers that came after one.</summary>
    public Task<IReadOnlyList<SearchedPerson>> AfterAsync(Guid clientId, Guid identifierId, int most, CancellationToken cancellationToken) => database.RowsAsync(
        clientId, new Statement(Page).Uuid(clientId).Uuid(identifierId).Int(most), reader => Read(clientId, reader), cancellationToken);

    /// <summary>These identifiers, and those of the people whom these messages are from or to.</summary>
    public Task<IReadOnlyList<SearchedPerson>> OfAsync(
        Guid clientId, IEnumerable<Guid> identifierIds, IEnumerable<Guid> messageIds, CancellationToken cancellationToken) => database.RowsAsync(
        clientId, new Statement(Some).Uuid(clientId).Uuids([.. identifierIds]).Uuids([.. messageIds]), reader => Read(clientId, reader), cancellationToken);

    /// <summary>Conversations and what their contacts are called by.</summary>
    public async Task<IReadOnlyDictionary<Guid, SearchedConversation>> ConversationsAsync(Guid clientId, IEnumerable<Guid> conversationIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchedConversation> found = await database.RowsAsync(
            clientId,
            new Statement(Talks).Uuid(clientId).Uuids([.. conversationIds.Distinct()]),
            reader => new SearchedConversation(
                reader.GetGuid(ContactLabels.Columns),
                reader.GetGuid(ContactLabels.Columns + 1),
                labels.Read(clientId, reader),
                reader.GetFieldValue<DateTimeOffset>(ContactLabels.Columns + 2)),
            cancellationToken);
        return found.ToDictionary(one => one.Id);
    }

    /// <summary>The conversations of those whom identifiers name, the newest first.</summary>
    public Task<IReadOnlyList<(Guid IdentifierId, Guid ConversationId)>> ConversationsOfAsync(Guid clientId, IEnumerable<Guid> identifierIds, CancellationToken cancellationToken) =>
        database.RowsAsync(
            clientId, new Statement(TalksOf).Uuid(clientId).Uuids([.. identifierIds]), reader => (reader.GetGuid(0), reader.GetGuid(1)), cancellationToken);

    /// <summary>A contact's conversations.</summary>
    public Task<IReadOnlyList<Guid>> ConversationsOfAsync(Guid clientId, Guid contactId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement("SELECT id FROM vault.conversation WHERE client_id = $1 AND contact_id = $2 ORDER BY last_at DESC, id DESC").Uuid(clientId).Uuid(contactId),
        reader => reader.GetGuid(0),
        cancellationToken);

    private SearchedPerson Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid keyId = reader.GetGuid(4);
        return new SearchedPerson(
            id,
            opener.Open(keyId, new SealContext(clientId, id, Correspondents.NameColumn), reader.OrNull<byte[]>(3)).Text,
            reader.GetString(1) == "phone"
                ? ErasedIdentifier.Told(id, opener.Open(keyId, new SealContext(clientId, id, Correspondents.ValueColumn), reader.GetFieldValue<byte[]>(2))).Text
                : null);
    }
}
