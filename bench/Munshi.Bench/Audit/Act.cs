using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;

namespace Munshi.Bench.Audit;

/// <summary>Acts as the program does them, in the program's own transaction, with their audit event, without it, or with the event given to a trigger that chains.</summary>
internal static class Act
{
    private const string EventInsert = "INSERT INTO audit.event";

    /// <summary>The event's parameters, in their order, given to <c>sequencer/chain.sql</c>.</summary>
    private const string ChainedInsert = "INSERT INTO entry (log, at, actor, action, object, commitment, ciphertext_hash) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private static readonly KeyMaterial Key = new(RandomNumberGenerator.GetBytes(KeyMaterial.Length));
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("Yes, the red silk saree is here. Shall we keep it for you until Saturday?");
    private static readonly byte[] Raw = RandomNumberGenerator.GetBytes(400);

    /// <summary>A person takes a conversation over, or hands it back.</summary>
    public static Task ChangeOwnerAsync(WorkspaceDatabase database, BenchConversation conversation, EventPlace place, CancellationToken cancellationToken) =>
        RunAsync(database, conversation, place, (transaction, state, now) => Ownership.Change(
            transaction,
            state,
            Actor.Person(conversation.PersonId),
            state.Owner == OwnerKind.Person ? OwnerKind.Responder : OwnerKind.Person,
            state.Owner == OwnerKind.Person ? null : conversation.PersonId,
            now), cancellationToken);

    /// <summary>A message is stored: sealed, committed to, its conversation moved to the top.</summary>
    public static Task StoreMessageAsync(WorkspaceDatabase database, BenchConversation conversation, EventPlace place, CancellationToken cancellationToken) =>
        RunAsync(database, conversation, place, (transaction, state, now) =>
        {
            Actor customer = Actor.Customer(conversation.IdentifierId);
            MessageRecord record = new()
            {
                Id = Guid.CreateVersion7(now),
                ConversationId = state.Id,
                IdentifierId = conversation.IdentifierId,
                Direction = "in",
                Author = customer.Pseudonym,
                Kind = "text",
                Source = "webhook",
                Turn = state.InboundCount + 1,
                At = now,
                ProviderAt = now,
                ReceivedAt = now,
                KeyId = conversation.KeyId,
            };
            MessageWriter.Write(transaction, record, Key, Text, Raw, customer, "message.received");
            Conversations.Touch(transaction, state, record.Id, now, record.Turn, now);
        }, cancellationToken);

    /// <summary>An event in a transaction of its own, and nothing else: what the ledger takes of any act.</summary>
    public static Task WriteEventAsync(WorkspaceDatabase database, BenchConversation conversation, EventPlace place, CancellationToken cancellationToken)
    {
        Statement statement = AuditTrail.Statement(
            conversation.ClientId,
            new AuditEvent(Actor.Person(conversation.PersonId), "bench.written", "conversation", conversation.Id, TimeProvider.System.GetMicrosecondNow()));
        if (place == EventPlace.Chain)
        {
            statement.Command.CommandText = ChainedInsert;
        }

        return database.ExecuteAsync(conversation.ClientId, [statement], cancellationToken);
    }

    private static Task<bool> RunAsync(
        WorkspaceDatabase database,
        BenchConversation conversation,
        EventPlace place,
        Action<WorkspaceTransaction, ConversationState, DateTimeOffset> act,
        CancellationToken cancellationToken) =>
        database.TransactAsync(conversation.ClientId, async transaction =>
        {
            ConversationState state = (await Conversations.LockAsync(transaction, conversation.Id))!;
            act(transaction, state, TimeProvider.System.GetMicrosecondNow());
            if (place != EventPlace.Outbox)
            {
                Divert(Queued(transaction), place);
            }

            return true;
        }, cancellationToken);

    private static void Divert(List<Statement> queued, EventPlace place)
    {
        Statement[] events = [.. queued.Where(statement => statement.Command.CommandText.StartsWith(EventInsert, StringComparison.Ordinal))];
        if (events is not [Statement only])
        {
            throw new InvalidOperationException("The act has not the one event that it was to be measured without.");
        }

        if (place == EventPlace.Chain)
        {
            only.Command.CommandText = ChainedInsert;
        }
        else
        {
            queued.Remove(only);
        }
    }

    /// <summary>What the act would send with its commit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_queued")]
    private static extern ref List<Statement> Queued(WorkspaceTransaction transaction);
}
