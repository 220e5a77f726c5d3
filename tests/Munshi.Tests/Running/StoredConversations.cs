using Munshi.Database;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Running;

/// <summary>Looks into a running server's vault.</summary>
internal static class StoredConversations
{
    private const string Messages =
        """
        SELECT m.id, m.direction, m.source, m.kind, m.turn, m.provider_at, m.refers_to, s.status, s.reason
        FROM vault.message m
        LEFT JOIN vault.current_status s ON s.client_id = m.client_id AND s.message_id = m.id
        WHERE m.client_id = $1 AND m.conversation_id = $2
        ORDER BY m.at, m.id
        """;

    private const string Unsettled =
        """
        SELECT (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL) + (SELECT count(*) FROM intake.update WHERE state = 'pending')
            + (SELECT count(*) FROM work.job WHERE dead_at IS NULL AND NOT (kind = 'file.fetch' AND lease IS NULL AND coalesce(last_error, '') LIKE 'file.%')
                AND NOT (kind = 'snooze.end' AND run_at > now() + interval '1 day'))
        """;

    /// <summary>The conversation of a customer's phone number, the one that goes on; null when there is none.</summary>
    public static async Task<Guid?> FindConversationAsync(this RunningServer server, string phone)
    {
        Guid id = await server.Get<WorkspaceDatabase>().TransactAsync(server.ClientId, async transaction =>
            await server.Get<Correspondents>().FindAsync(transaction, [new IdentifierClaim("phone", phone)]) is { } customer
                ? await transaction.RowAsync(
                    new Statement("SELECT id FROM vault.conversation WHERE client_id = $1 AND contact_id = $2 AND superseded_by IS NULL").Uuid(server.ClientId).Uuid(customer.ContactId),
                    reader => reader.GetGuid(0))
                : Guid.Empty,
            TestContext.Current.CancellationToken);
        return id == Guid.Empty ? null : id;
    }

    /// <summary>Waits until the customer has a conversation.</summary>
    public static async Task<Guid> ConversationAsync(this RunningServer server, string phone)
    {
        Guid? found = null;
        await Eventually.TrueAsync(async () => (found = await server.FindConversationAsync(phone)) is not null);
        return found!.Value;
    }

    public static async Task<IReadOnlyList<StoredMessage>> MessagesAsync(this RunningServer server, string phone)
    {
        if (await server.FindConversationAsync(phone) is not { } conversationId)
        {
            return [];
        }

        return await server.Get<WorkspaceDatabase>().TransactAsync<IReadOnlyList<StoredMessage>>(server.ClientId, async transaction =>
        {
            IReadOnlyList<StoredMessage> rows = await transaction.RowsAsync(
                new Statement(Messages).Uuid(server.ClientId).Uuid(conversationId),
                reader => new StoredMessage(
                    reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), null, reader.GetInt64(4),
                    reader.ValueOrNull<DateTimeOffset>(5), reader.OrNull<byte[]>(6), reader.OrNull<string>(7), reader.OrNull<string>(8)));
            List<StoredMessage> opened = [];
            foreach (StoredMessage row in rows)
            {
                opened.Add(row with { Text = (await server.Get<MessageTexts>().FindAsync(transaction, row.Id))!.Text });
            }

            return opened;
        }, TestContext.Current.CancellationToken);
    }

    public static async Task<ConversationState> StateAsync(this RunningServer server, string phone)
    {
        Guid conversationId = await server.ConversationAsync(phone);
        return (await server.Get<WorkspaceDatabase>().TransactAsync(
            server.ClientId, transaction => Conversations.LockAsync(transaction, conversationId), TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits until every delivery is sorted, every update settled, every job done or dead, and the sandbox has nothing to deliver.</summary>
    public static Task SettledAsync(this RunningServer server) => Eventually.TrueAsync(async () =>
        await server.Database.ScalarAsync<long>(Unsettled) == 0
        && (await server.SandboxStateAsync()).GetProperty("queued").GetInt64() == 0
        && await server.Database.ScalarAsync<long>(Unsettled) == 0);
}
