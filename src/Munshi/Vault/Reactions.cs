using Munshi.Access;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault.Pages;
using Npgsql;

namespace Munshi.Vault;

/// <summary>The reactions that stand on messages now.</summary>
internal sealed class Reactions(WorkspaceDatabase database, WordOpener opener)
{
    private static readonly string MessageReactions = Sql.Read("Vault/message_reactions.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="messageIds">The messages shown.</param>
    /// <param name="customer">What the customer is called by.</param>
    /// <param name="people">The workspace's people.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<ILookup<Guid, MessageReaction>> OfAsync(
        Guid clientId, Guid[] messageIds, string customer, IReadOnlyDictionary<Guid, Member> people, CancellationToken cancellationToken)
    {
        IReadOnlyList<(Guid MessageId, MessageReaction Reaction)> rows = await database.RowsAsync(
            clientId,
            new Statement(MessageReactions).Uuid(clientId).Uuids(messageIds),
            reader => (reader.GetGuid(0), Read(clientId, reader, customer, people)),
            cancellationToken);
        return rows.Where(row => row.Reaction.Emoji.Length > 0).ToLookup(row => row.MessageId, row => row.Reaction);
    }

    private MessageReaction Read(Guid clientId, NpgsqlDataReader reader, string customer, IReadOnlyDictionary<Guid, Member> people)
    {
        Words emoji = opener.Open(
            reader.GetGuid(3), new SealContext(clientId, reader.GetGuid(1), MessageRecord.TextColumn), reader.OrNull<byte[]>(4));
        (MessageAuthor author, string? name) = MessageAuthors.Of(reader.GetString(2), people);
        return new MessageReaction(emoji.Text ?? "", author == MessageAuthor.Customer ? customer : name ?? "");
    }
}
