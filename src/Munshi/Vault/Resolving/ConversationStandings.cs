using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Vault.Resolving;

/// <summary>People put conversations off, resolve and reopen them.</summary>
internal sealed class ConversationStandings(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>Wakes a conversation; the job's subject.</summary>
    public const string WakeJob = "snooze.end";

    /// <summary>How far off the end of a snooze may lie.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>Puts a conversation off; one that is put off already gets the new time.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="personId">Who does it.</param>
    /// <param name="seen">The number of the customer's messages that the person saw.</param>
    /// <param name="until">When it comes back: ahead, and within <see cref="Furthest"/>.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<StandingOutcome> SnoozeAsync(
        Guid clientId, Guid conversationId, Guid personId, long seen, DateTimeOffset until, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return until <= now || until - now > Furthest
            ? Task.FromResult(StandingOutcome.BadTime)
            : PutAwayAsync(clientId, conversationId, seen, transaction =>
            {
                Standings.Change(transaction, conversationId, StandingChange.Snoozed, until, Actor.Person(personId), now);
                Jobs.Enqueue(transaction, WakeJob, conversationId, now, until);
            }, Standing.Snoozed, until, cancellationToken);
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="personId">Who does it.</param>
    /// <param name="seen">The number of the customer's messages that the person saw.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<StandingOutcome> ResolveAsync(Guid clientId, Guid conversationId, Guid personId, long seen, CancellationToken cancellationToken) =>
        PutAwayAsync(
            clientId,
            conversationId,
            seen,
            transaction => Standings.Change(transaction, conversationId, StandingChange.Resolved, until: null, Actor.Person(personId), clock.GetMicrosecondNow()),
            Standing.Resolved,
            until: null,
            cancellationToken);

    /// <summary>A person opens again what was put off or resolved.</summary>
    public Task<StandingOutcome> ReopenAsync(Guid clientId, Guid conversationId, Guid personId, CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, conversationId) is not { } state)
            {
                return StandingOutcome.Unknown;
            }

            Standings.Reopen(transaction, state, Actor.Person(personId), clock.GetMicrosecondNow());
            return StandingOutcome.Done;
        }, cancellationToken);

    private Task<StandingOutcome> PutAwayAsync(
        Guid clientId,
        Guid conversationId,
        long seen,
        Action<WorkspaceTransaction> change,
        Standing standing,
        DateTimeOffset? until,
        CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, async transaction =>
        {
            if (await Conversations.LockAsync(transaction, conversationId) is not { } state)
            {
                return StandingOutcome.Unknown;
            }

            if (state.InboundCount > seen)
            {
                return StandingOutcome.CustomerWrote;
            }

            if (state.Standing != standing || state.SnoozedUntil != until)
            {
                change(transaction);
            }

            return StandingOutcome.Done;
        }, cancellationToken);
}
