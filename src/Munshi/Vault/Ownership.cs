using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault.Resolving;

namespace Munshi.Vault;

/// <summary>One owner per conversation: Munshi, the people waiting to take it, a named person, or whoever answers on the phone. Each change raises the fence.</summary>
internal sealed class Ownership(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>A person takes the conversation, from Munshi or from a colleague.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="personId">Who takes it.</param>
    /// <param name="seenEpoch">The epoch that the person saw; null takes it whoever has it now.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<OwnershipOutcome> TakeOverAsync(
        Guid clientId, Guid conversationId, Guid personId, long? seenEpoch, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, Actor.Person(personId), OwnerKind.Person, personId, seenEpoch, cancellationToken);

    /// <summary>A person gives the conversation to a colleague.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="actorId">Who gives it.</param>
    /// <param name="personId">A member of this workspace.</param>
    /// <param name="seenEpoch">The epoch that the giver saw.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<OwnershipOutcome> AssignAsync(
        Guid clientId, Guid conversationId, Guid actorId, Guid personId, long seenEpoch, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, Actor.Person(actorId), OwnerKind.Person, personId, seenEpoch, cancellationToken);

    /// <summary>A person hands the conversation back to Munshi.</summary>
    public Task<OwnershipOutcome> ReleaseAsync(
        Guid clientId, Guid conversationId, Guid personId, long? seenEpoch, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, Actor.Person(personId), OwnerKind.Responder, null, seenEpoch, cancellationToken);

    /// <summary>A person takes their own last change back: the conversation returns to whom it was taken from.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="actorId">Who takes it back.</param>
    /// <param name="former">A member of this workspace, where it is a person.</param>
    /// <param name="seenEpoch">The epoch their change made; any later change stands.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<OwnershipOutcome> RestoreAsync(
        Guid clientId, Guid conversationId, Guid actorId, FormerOwner former, long seenEpoch, CancellationToken cancellationToken) =>
        ChangeAsync(clientId, conversationId, Actor.Person(actorId), former.Kind, former.PersonId, seenEpoch, cancellationToken);

    /// <summary>Changes the owner inside a transaction that holds the conversation's lock; with people it is open. Returns the new epoch.</summary>
    public static long Change(
        WorkspaceTransaction transaction, ConversationState state, Actor actor, OwnerKind owner, Guid? personId, DateTimeOffset now)
    {
        string action = owner switch
        {
            OwnerKind.Person when personId is { } given && actor != Actor.Person(given) => "conversation.assigned",
            OwnerKind.Person => "conversation.taken-over",
            OwnerKind.Waiting => "conversation.handed-off",
            OwnerKind.Phone => "conversation.answered-on-phone",
            _ => "conversation.handed-back",
        };
        transaction.Queue(new Statement(
            "UPDATE vault.conversation SET owner_kind = $3, owner_person_id = $4, owner_epoch = owner_epoch + 1 WHERE client_id = $1 AND id = $2")
            .Uuid(transaction.ClientId).Uuid(state.Id).Text(Name(owner)).Uuid(personId));
        AuditTrail.Record(transaction, new AuditEvent(actor, action, "conversation", state.Id, now));
        if (owner is OwnerKind.Waiting or OwnerKind.Person)
        {
            Standings.Reopen(transaction, state, actor, now);
        }

        Signals.Conversation(transaction, state.Id);
        return state.OwnerEpoch + 1;
    }

    private Task<OwnershipOutcome> ChangeAsync(
        Guid clientId, Guid conversationId, Actor actor, OwnerKind owner, Guid? personId, long? seenEpoch, CancellationToken cancellationToken) =>
        database.TransactAsync<OwnershipOutcome>(clientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, conversationId) is not { } state)
            {
                return new OwnershipOutcome.Unknown();
            }

            if (state.GoesOnIn is not null && owner is not OwnerKind.Responder)
            {
                return new OwnershipOutcome.GoesOnElsewhere();
            }

            if (state.Owner == owner && state.OwnerPersonId == personId)
            {
                return new OwnershipOutcome.Changed(state.OwnerEpoch);
            }

            return seenEpoch is { } seen && seen != state.OwnerEpoch
                ? new OwnershipOutcome.Overtaken(state.Owner, state.OwnerPersonId)
                : new OwnershipOutcome.Changed(Change(transaction, state, actor, owner, personId, clock.GetUtcNow()))
                {
                    Before = new FormerOwner(state.Owner, state.OwnerPersonId),
                };
        }, cancellationToken);

    private static string Name(OwnerKind owner) => owner switch
    {
        OwnerKind.Responder => "responder",
        OwnerKind.Waiting => "waiting",
        OwnerKind.Phone => "phone",
        _ => "person",
    };
}
