using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault.Joining;

namespace Munshi.Vault;

/// <summary>Makes one contact of two that turn out to be one person. Identifiers and conversations move; no message and no ciphertext changes.</summary>
internal static class ContactMerges
{
    /// <param name="transaction">The transaction of the message that names both, or of the person who says so.</param>
    /// <param name="one">A contact.</param>
    /// <param name="other">The other.</param>
    /// <param name="actor">Who found out.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    /// <param name="eventId">The id of what the history tells of it; a new one where none is given.</param>
    /// <returns>The one that stays: the older.</returns>
    public static async Task<Guid> MergeAsync(WorkspaceTransaction transaction, Guid one, Guid other, Actor actor, DateTimeOffset now, Guid? eventId = null)
    {
        Guid[] both = [.. new[] { one, other }.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
        (Guid into, Guid from) = (both[0], both[1]);
        transaction.Queue(ContactLocks.Alone(both));
        IReadOnlyList<(Guid Id, bool IsUser)> identifiers = await ContactIdentifiers.HoldAsync(transaction, from);
        IReadOnlyList<HeldConversation> held = await HeldConversation.LockAsync(transaction, into, from);
        if (identifiers.Count == 0)
        {
            return into; // another was first
        }

        (Guid Id, Guid Newer)[] superseded = [.. HeldConversation.Outdated(held.Where(conversation => conversation.SupersededBy is null))];
        new ContactChange
        {
            Id = eventId ?? Guid.CreateVersion7(now),
            Kind = ContactEventKind.Merged,
            ContactId = into,
            OtherContactId = from,
            Identifiers = [.. identifiers.Select(identifier => identifier.Id)],
            Conversations = [.. held.Where(conversation => conversation.ContactId == from).Select(conversation => conversation.Id)],
            Superseded = superseded,
        }.Write(transaction, actor, now);
        foreach ((Guid id, Guid newer) in superseded)
        {
            await PassOnAsync(transaction, id, newer, actor, now);
        }

        Signals.Conversations(transaction, held.Select(conversation => conversation.Id));
        return into;
    }

    /// <summary>Whoever has the one that ends, and has not resolved it, has the one that goes on, where Munshi had it: nobody is talked over. Nobody is asked to answer in the one that ended.</summary>
    private static async Task PassOnAsync(WorkspaceTransaction transaction, Guid ended, Guid goesOn, Actor actor, DateTimeOffset now)
    {
        IReadOnlyList<ConversationState> states = await Conversations.LockAsync(transaction, [ended, goesOn]);
        if (states.Single(state => state.Id == ended) is not { Owner: not OwnerKind.Responder } held)
        {
            return;
        }

        if (held.Standing is not Standing.Resolved && states.Single(state => state.Id == goesOn) is { Owner: OwnerKind.Responder } next)
        {
            Ownership.Change(transaction, next, actor, held.Owner, held.OwnerPersonId, now);
        }

        Ownership.Change(transaction, held, actor, OwnerKind.Responder, null, now);
    }
}
