using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault.Resolving;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Opens, locks and moves conversations. One conversation a contact and business number.</summary>
internal static class Conversations
{
    private const string InsertConversation =
        """
        INSERT INTO vault.conversation (client_id, id, contact_id, number_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_epoch)
        VALUES ($1, $2, $3, $4, $5, $7, $6, 0, 0, 'responder', 0)
        ON CONFLICT (client_id, number_id, contact_id, beside) DO NOTHING
        RETURNING id
        """;

    private static readonly string LockConversation = Sql.Read("Vault/lock_conversation.sql");
    private static readonly string LockConversations = Sql.Read("Vault/lock_conversations.sql");
    private static readonly string LockWhereItGoesOn = Sql.Read("Vault/lock_where_it_goes_on.sql");
    private static readonly string TouchConversations = Sql.Read("Vault/touch_conversations.sql");
    private static readonly string LockConversationOf = Sql.Read("Vault/lock_conversation_of.sql");

    /// <summary>Locks the conversation of a customer with a number, opened by its first message, which stands at <paramref name="at"/>, if there is none.</summary>
    public static async Task<ConversationState> OpenAsync(
        WorkspaceTransaction transaction, Correspondent customer, Guid numberId, Guid firstMessageId, DateTimeOffset at, DateTimeOffset now)
    {
        if (await LockAsync(transaction, customer, customer.ContactId, numberId) is { } open)
        {
            return open;
        }

        Guid contactId = await StandingContactAsync(transaction, customer);
        if (contactId != customer.ContactId && await LockAsync(transaction, customer, contactId, numberId) is { } joined)
        {
            return joined;
        }

        if (await AdoptAsync(transaction, contactId, numberId, now) == Guid.Empty)
        {
            await InsertAsync(transaction, contactId, numberId, firstMessageId, at, now, Actor.Intake);
        }

        return (await LockAsync(transaction, customer, contactId, numberId))!; // this transaction's, or that of one that was first
    }

    /// <summary>Locks the conversation of a contact in which something was said last; one is opened if there is none.</summary>
    /// <param name="transaction">The transaction of the batch.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="numberId">The number of a new one; null while none is connected: the first that is used takes it over.</param>
    /// <param name="newestMessageId">The newest message of the batch.</param>
    /// <param name="at">Where that stands.</param>
    /// <param name="now">When it is opened.</param>
    /// <param name="actor">Who imports.</param>
    public static async Task<ConversationState> OpenForImportAsync(
        WorkspaceTransaction transaction, Correspondent customer, Guid? numberId, Guid newestMessageId, DateTimeOffset at, DateTimeOffset now, Actor actor)
    {
        Guid contactId = await StandingContactAsync(transaction, customer);
        Guid id = await FindNewestAsync(transaction, contactId);
        if (id == Guid.Empty)
        {
            id = await InsertAsync(transaction, contactId, numberId, newestMessageId, at, now, actor);
        }

        if (id == Guid.Empty)
        {
            id = await FindNewestAsync(transaction, contactId);
        }

        return (await LockAsync(transaction, id))!;
    }

    /// <summary>Locks a conversation; null when this workspace has no such one.</summary>
    /// <remarks>PostgreSQL leaves out one that went to another contact while the lock was waited for: it is held, so it is there the second time.</remarks>
    public static async Task<ConversationState?> LockAsync(WorkspaceTransaction transaction, Guid conversationId) =>
        await LockOnceAsync(transaction, conversationId) ?? await LockOnceAsync(transaction, conversationId);

    /// <summary>Locks several, always in the same order; those that this workspace has.</summary>
    public static async Task<IReadOnlyList<ConversationState>> LockAsync(WorkspaceTransaction transaction, IEnumerable<Guid> conversationIds)
    {
        Guid[] ids = [.. conversationIds.Distinct()];
        IReadOnlyList<ConversationState> held = await LockOnceAsync(transaction, ids);
        return held.Count == ids.Length ? held : await LockOnceAsync(transaction, ids);
    }

    /// <summary>Locks a conversation with those in which it goes on, in one order. Where people have the last of them, they have this one too.</summary>
    /// <returns>It, and the last: itself where it goes on in none; null when this workspace has no such one.</returns>
    public static async Task<(ConversationState State, ConversationState Last)?> LockWhereItGoesOnAsync(WorkspaceTransaction transaction, Guid conversationId)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            Dictionary<Guid, ConversationState> held = (await transaction.RowsAsync(
                new Statement(LockWhereItGoesOn).Uuid(transaction.ClientId).Uuid(conversationId), Read)).ToDictionary(state => state.Id);
            if (!held.TryGetValue(conversationId, out ConversationState? state))
            {
                if (isAgain)
                {
                    return null;
                }

                continue; // as above
            }

            ConversationState last = state;
            while (last.GoesOnIn is { } next && held.TryGetValue(next, out ConversationState? newer))
            {
                last = newer;
            }

            if (last.GoesOnIn is null) // else it was merged while the lock was waited for
            {
                return state.Owner is OwnerKind.Responder && last.Owner is not OwnerKind.Responder
                    ? (state with { Owner = last.Owner, OwnerPersonId = last.OwnerPersonId, TakenWhereItGoesOn = true }, last)
                    : (state, last);
            }
        }
    }

    /// <summary>The open conversations of identifiers with a number, without a lock: their contacts are held. None of an identifier that is another contact's by now.</summary>
    public static async Task<IReadOnlyDictionary<(Guid NumberId, Guid IdentifierId), Guid>> FindAsync(
        WorkspaceTransaction transaction, IReadOnlyCollection<(Guid NumberId, Guid ContactId, Guid IdentifierId)> wanted)
    {
        IReadOnlyList<(Guid NumberId, Guid IdentifierId, Guid Id)> found = await transaction.RowsAsync(
            new Statement(
                """
                SELECT wanted.number_id, wanted.identifier_id, c.id
                FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS wanted (number_id, contact_id, identifier_id)
                JOIN vault.identifier i ON i.client_id = $1 AND i.id = wanted.identifier_id AND i.contact_id = wanted.contact_id
                JOIN vault.conversation c ON c.client_id = $1 AND c.number_id = wanted.number_id AND c.contact_id = wanted.contact_id AND c.superseded_by IS NULL
                """)
                .Uuid(transaction.ClientId).Uuids([.. wanted.Select(one => one.NumberId)]).Uuids([.. wanted.Select(one => one.ContactId)])
                .Uuids([.. wanted.Select(one => one.IdentifierId)]),
            reader => (reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2)));
        return found.ToDictionary(one => (one.NumberId, one.IdentifierId), one => one.Id);
    }

    /// <summary>Moves several for their new messages; nobody is told of it here.</summary>
    public static void Touch(WorkspaceTransaction transaction, IReadOnlyList<ConversationMove> moves) =>
        transaction.Queue(new Statement(TouchConversations)
            .Uuid(transaction.ClientId)
            .Uuids([.. moves.Select(move => move.ConversationId)])
            .Uuids([.. moves.Select(move => move.MessageId)])
            .Times([.. moves.Select(move => move.At.ToUniversalTime())])
            .Longs([.. moves.Select(move => move.InboundCount)])
            .Times([.. moves.Select(move => move.WindowFrom?.ToUniversalTime())]));

    /// <summary>Moves the conversation to the top for a new message. A late one does not push it up.</summary>
    /// <param name="transaction">The transaction that holds its lock.</param>
    /// <param name="state">As locked.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="inboundCount">The new count of customer messages.</param>
    /// <param name="windowFrom">The new start of the 24-hour window.</param>
    public static void Touch(
        WorkspaceTransaction transaction, ConversationState state, Guid messageId, DateTimeOffset at, long inboundCount, DateTimeOffset? windowFrom)
    {
        transaction.Queue(new Statement(
            """
            UPDATE vault.conversation
            SET last_message_id = CASE WHEN $4 >= last_at THEN $3 ELSE last_message_id END,
                last_at = greatest(last_at, $4), inbound_count = $5, window_from = $6
            WHERE client_id = $1 AND id = $2
            """)
            .Uuid(transaction.ClientId).Uuid(state.Id).Uuid(messageId).Time(at).Long(inboundCount).Time(windowFrom));
        Signals.Conversation(transaction, state.Id);
    }

    /// <summary>Moves the start of the 24-hour window, and nothing else.</summary>
    public static void OpenWindow(WorkspaceTransaction transaction, ConversationState state, DateTimeOffset? windowFrom) =>
        transaction.Queue(new Statement("UPDATE vault.conversation SET window_from = $3 WHERE client_id = $1 AND id = $2")
            .Uuid(transaction.ClientId).Uuid(state.Id).Time(windowFrom));

    private static Task<ConversationState?> LockOnceAsync(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.RowAsync(new Statement(LockConversation).Uuid(transaction.ClientId).Uuid(conversationId), Read);

    private static Task<IReadOnlyList<ConversationState>> LockOnceAsync(WorkspaceTransaction transaction, Guid[] conversationIds) =>
        transaction.RowsAsync(new Statement(LockConversations).Uuid(transaction.ClientId).Uuids(conversationIds), Read);

    /// <summary>The contact that has the customer's identifier now, and has it until the transaction ends: two contacts may have become one since it was looked up.</summary>
    private static async Task<Guid> StandingContactAsync(WorkspaceTransaction transaction, Correspondent customer)
    {
        Guid contactId = customer.ContactId;
        while (true)
        {
            transaction.Queue(ContactLocks.Shared(contactId));
            Guid standing = await transaction.RowAsync(
                new Statement("SELECT contact_id FROM vault.identifier WHERE client_id = $1 AND id = $2").Uuid(transaction.ClientId).Uuid(customer.Author.Id),
                reader => reader.GetGuid(0));
            if (standing == contactId)
            {
                return contactId;
            }

            contactId = standing;
        }
    }

    private static async Task<ConversationState?> LockAsync(WorkspaceTransaction transaction, Correspondent customer, Guid contactId, Guid numberId) =>
        await transaction.RowAsync(new Statement(LockConversationOf).Uuid(transaction.ClientId).Uuid(numberId).Uuid(contactId).Uuid(customer.Author.Id), Read);

    private static Task<Guid> FindNewestAsync(WorkspaceTransaction transaction, Guid contactId) =>
        transaction.RowAsync(
            new Statement("SELECT id FROM vault.conversation WHERE client_id = $1 AND contact_id = $2 AND superseded_by IS NULL ORDER BY last_at DESC, id DESC LIMIT 1")
                .Uuid(transaction.ClientId).Uuid(contactId),
            reader => reader.GetGuid(0));

    /// <summary>An imported chat that waits for its number gets this one.</summary>
    private static async Task<Guid> AdoptAsync(WorkspaceTransaction transaction, Guid contactId, Guid numberId, DateTimeOffset now)
    {
        Guid id = await transaction.RowAsync(
            new Statement("UPDATE vault.conversation SET number_id = $2 WHERE client_id = $1 AND contact_id = $3 AND number_id IS NULL AND superseded_by IS NULL RETURNING id")
                .Uuid(transaction.ClientId).Uuid(numberId).Uuid(contactId),
            reader => reader.GetGuid(0));
        if (id != Guid.Empty)
        {
            AuditTrail.Record(transaction, new AuditEvent(Actor.Intake, "conversation.number-given", "conversation", id, now));
        }

        return id;
    }

    private static async Task<Guid> InsertAsync(
        WorkspaceTransaction transaction, Guid contactId, Guid? numberId, Guid messageId, DateTimeOffset at, DateTimeOffset now, Actor actor)
    {
        Guid id = await transaction.RowAsync(
            new Statement(InsertConversation)
                .Uuid(transaction.ClientId).Uuid(Guid.CreateVersion7(now)).Uuid(contactId).Uuid(numberId).Time(now).Uuid(messageId).Time(at),
            reader => reader.GetGuid(0));
        if (id != Guid.Empty)
        {
            AuditTrail.Record(transaction, new AuditEvent(actor, "conversation.opened", "conversation", id, now));
        }

        return id;
    }

    private static ConversationState Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        ContactId = reader.GetGuid(1),
        NumberId = reader.ValueOrNull<Guid>(2),
        LastAt = reader.GetFieldValue<DateTimeOffset>(3),
        InboundCount = reader.GetInt64(4),
        WindowFrom = reader.ValueOrNull<DateTimeOffset>(5),
        Owner = Owner(reader.GetString(6)),
        OwnerPersonId = reader.ValueOrNull<Guid>(7),
        OwnerEpoch = reader.GetInt64(8),
        Greeted = reader.GetBoolean(9),
        OptedOut = reader.GetBoolean(10),
        Standing = StandingNames.OfStanding(reader.GetString(11)),
        SnoozedUntil = reader.ValueOrNull<DateTimeOffset>(12),
        GoesOnIn = reader.ValueOrNull<Guid>(13),
    };

    internal static OwnerKind Owner(string name) => name switch
    {
        "responder" => OwnerKind.Responder,
        "waiting" => OwnerKind.Waiting,
        "phone" => OwnerKind.Phone,
        _ => OwnerKind.Person,
    };
}
