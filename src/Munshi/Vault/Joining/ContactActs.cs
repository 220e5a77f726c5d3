using Munshi.Audit;
using Munshi.Database;
using Npgsql;

namespace Munshi.Vault.Joining;

/// <summary>People say that two customers are one, or that one is two. Each act is one transaction with its history and its audit event.</summary>
internal sealed class ContactActs(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>So often, at most, an act is done that meets a deadlock.</summary>
    private const int MostAttempts = 3;

    private const string FindMerge =
        """
        SELECT other_contact_id, identifier_ids, conversation_ids,
            EXISTS (SELECT FROM vault.contact_event u WHERE u.client_id = $1 AND u.undoes = e.id)
        FROM vault.contact_event e
        WHERE e.client_id = $1 AND e.id = $2 AND e.contact_id = $3 AND e.kind = 'merged'
        """;

    private const string IsEmpty =
        """
        SELECT NOT EXISTS (SELECT FROM vault.identifier i WHERE i.client_id = $1 AND i.contact_id = $2)
            AND NOT EXISTS (SELECT FROM vault.conversation c WHERE c.client_id = $1 AND c.contact_id = $2)
        """;

    /// <summary>Makes one contact of those of two conversations.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="eventId">The form's; the same one merges once.</param>
    /// <param name="one">A conversation, and what the person saw of its contact.</param>
    /// <param name="other">The other.</param>
    /// <param name="personId">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<ContactOutcome> MergeAsync(
        Guid clientId, Guid eventId, (Guid ConversationId, ContactVersion Seen) one, (Guid ConversationId, ContactVersion Seen) other, Guid personId, CancellationToken cancellationToken) =>
        ActAsync(clientId, async transaction =>
        {
            transaction.Queue(ContactLocks.Alone(one.Seen.ContactId, other.Seen.ContactId));
            if (await ContactVersion.ReadAsync(transaction, one.ConversationId) is not { } present
                || await ContactVersion.ReadAsync(transaction, other.ConversationId) is not { } otherPresent)
            {
                return ContactOutcome.Unknown;
            }

            if (await DoneAsync(transaction, eventId, done => present.LastEvent == eventId && done.IsMergeOf(one.Seen.ContactId, other.Seen.ContactId)) is { } before)
            {
                return before;
            }

            if (present.ContactId == otherPresent.ContactId)
            {
                return ContactOutcome.Same;
            }

            if (present != one.Seen || otherPresent != other.Seen)
            {
                return ContactOutcome.Overtaken;
            }

            if (await HasUserAsync(transaction, present.ContactId) && await HasUserAsync(transaction, otherPresent.ContactId))
            {
                return ContactOutcome.TwoUsers;
            }

            await ContactMerges.MergeAsync(transaction, present.ContactId, otherPresent.ContactId, Actor.Person(personId), clock.GetMicrosecondNow(), eventId);
            return ContactOutcome.Done;
        }, cancellationToken);

    /// <summary>Takes identifiers away to a contact of their own.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="eventId">The form's; the same one splits once.</param>
    /// <param name="conversation">A conversation of the contact, and what the person saw of it.</param>
    /// <param name="identifiers">Some of the contact's, and not all.</param>
    /// <param name="personId">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<ContactOutcome> SplitAsync(
        Guid clientId, Guid eventId, (Guid ConversationId, ContactVersion Seen) conversation, IReadOnlyCollection<Guid> identifiers, Guid personId, CancellationToken cancellationToken) =>
        ApartAsync(clientId, eventId, conversation, personId, undoes: null, identifiers, _ => Task.FromResult<Leaving?>(new Leaving(identifiers, TargetId: null, [], Undoes: null)), cancellationToken);

    /// <summary>Takes a merge back: what went into the contact then, and is there yet, goes to the contact that it came from.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="eventId">The form's; the same one undoes once.</param>
    /// <param name="conversation">A conversation of the contact, and what the person saw of it.</param>
    /// <param name="mergeId">The merge.</param>
    /// <param name="personId">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<ContactOutcome> UndoAsync(
        Guid clientId, Guid eventId, (Guid ConversationId, ContactVersion Seen) conversation, Guid mergeId, Guid personId, CancellationToken cancellationToken) =>
        ApartAsync(clientId, eventId, conversation, personId, mergeId, [], async transaction =>
        {
            (Guid From, Guid[] Identifiers, Guid[] Conversations, bool IsUndone) merge = await transaction.RowAsync(
                new Statement(FindMerge).Uuid(clientId).Uuid(mergeId).Uuid(conversation.Seen.ContactId),
                reader => (reader.GetGuid(0), reader.GetFieldValue<Guid[]>(1), reader.GetFieldValue<Guid[]>(2), reader.GetBoolean(3)));
            return merge.Identifiers is null || merge.IsUndone ? null : new Leaving(merge.Identifiers, merge.From, merge.Conversations, mergeId);
        }, cancellationToken);

    private Task<ContactOutcome> ApartAsync(
        Guid clientId,
        Guid eventId,
        (Guid ConversationId, ContactVersion Seen) conversation,
        Guid personId,
        Guid? undoes,
        IReadOnlyCollection<Guid> identifiers,
        Func<WorkspaceTransaction, Task<Leaving?>> find,
        CancellationToken cancellationToken) => ActAsync(clientId, async transaction =>
        {
            Guid contactId = conversation.Seen.ContactId;
            Leaving? found = await find(transaction);
            transaction.Queue(ContactLocks.Alone(found?.TargetId is { } former ? [contactId, former] : [contactId]));
            ContactVersion? present = await ContactVersion.ReadAsync(transaction, conversation.ConversationId);
            if (present is null)
            {
                return ContactOutcome.Unknown;
            }

            if (await DoneAsync(transaction, eventId, done => present.Value.LastEvent == eventId && done.IsSplitOf(contactId, undoes, identifiers)) is { } before)
            {
                return before;
            }

            if (present != conversation.Seen)
            {
                return ContactOutcome.Overtaken;
            }

            if (found is not { } leaving)
            {
                return ContactOutcome.Unknown;
            }

            IReadOnlyList<(Guid Id, bool IsUser)> all = await ContactIdentifiers.HoldAsync(transaction, contactId);
            Guid[] going = [.. all.Select(one => one.Id).Where(leaving.Identifiers.Contains)];
            if (leaving.Undoes is null && going.Length < leaving.Identifiers.Count)
            {
                return ContactOutcome.Overtaken;
            }

            if (going.Length == 0 || going.Length == all.Count)
            {
                return ContactOutcome.NothingLeft;
            }

            DateTimeOffset now = clock.GetMicrosecondNow();
            Actor actor = Actor.Person(personId);
            SplitPlan plan = new()
            {
                EventId = eventId,
                ContactId = contactId,
                TargetId = await TargetAsync(transaction, leaving.TargetId, actor, now),
                Staying = [.. all.Select(one => one.Id).Except(going)],
                Going = going,
                GivenBack = leaving.GivenBack,
                Undoes = leaving.Undoes,
            };
            await ContactSplits.SplitAsync(transaction, plan, actor, now);
            return ContactOutcome.Done;
        }, cancellationToken);

    /// <summary>What met a deadlock with messages that were just being stored has done nothing, and is done again.</summary>
    private async Task<ContactOutcome> ActAsync(Guid clientId, Func<WorkspaceTransaction, Task<ContactOutcome>> act, CancellationToken cancellationToken)
    {
        for (int attempt = 1; attempt < MostAttempts; attempt++)
        {
            try
            {
                return await database.TransactAsync(clientId, act, cancellationToken);
            }
            catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return await database.TransactAsync(clientId, act, cancellationToken);
    }

    /// <summary>The contact that it came from, where that has nothing; else a new one.</summary>
    private static async Task<Guid> TargetAsync(WorkspaceTransaction transaction, Guid? former, Actor actor, DateTimeOffset now)
    {
        if (former is { } emptied && await transaction.RowAsync(new Statement(IsEmpty).Uuid(transaction.ClientId).Uuid(emptied), reader => reader.GetBoolean(0)))
        {
            return emptied;
        }

        Guid fresh = Guid.CreateVersion7(now);
        transaction.Queue(new Statement("INSERT INTO vault.contact (client_id, id, created_at) VALUES ($1, $2, $3)").Uuid(transaction.ClientId).Uuid(fresh).Time(now));
        AuditTrail.Record(transaction, new AuditEvent(actor, "contact.created", "contact", fresh, now));
        return fresh;
    }

    /// <summary>What the form has come to already; null where it has done nothing yet. One that was changed and sent again, or whose act was taken back since, has not done what it asks now.</summary>
    private static async Task<ContactOutcome?> DoneAsync(WorkspaceTransaction transaction, Guid eventId, Func<DoneAct, bool> isSame)
    {
        DoneAct? done = await transaction.RowAsync<DoneAct>(new Statement(DoneAct.Query).Uuid(transaction.ClientId).Uuid(eventId), DoneAct.Read);
        return done is null ? null : isSame(done) ? ContactOutcome.Done : ContactOutcome.Overtaken;
    }

    private static async Task<bool> HasUserAsync(WorkspaceTransaction transaction, Guid contactId) =>
        (await ContactIdentifiers.HoldAsync(transaction, contactId)).Any(one => one.IsUser);

    /// <param name="Identifiers">What is to go.</param>
    /// <param name="TargetId">Where to, if that is known.</param>
    /// <param name="GivenBack">Conversations that the merge brought.</param>
    /// <param name="Undoes">The merge that is taken back.</param>
    private sealed record Leaving(IReadOnlyCollection<Guid> Identifiers, Guid? TargetId, IReadOnlyList<Guid> GivenBack, Guid? Undoes);
}
