using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Vault.Resolving;

/// <summary>Brings a conversation back when the time is over that it was put off for.</summary>
internal sealed class WakeConversation(WorkspaceDatabase database, TimeProvider clock) : IJobHandler
{
    public string Kind => ConversationStandings.WakeJob;

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => database.TransactAsync(
        lease.ClientId,
        async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is { } conversationId)
            {
                if (await WakeAsync(transaction, conversationId) is { } later)
                {
                    Jobs.Wait(transaction, lease, later); // it was put off anew, or this clock is behind
                }
                else
                {
                    Jobs.Complete(transaction, lease);
                }
            }

            return true;
        },
        cancellationToken);

    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => WakeAsync(transaction, subject);

    /// <returns>When it is to come back, if that lies ahead.</returns>
    private async Task<DateTimeOffset?> WakeAsync(WorkspaceTransaction transaction, Guid conversationId)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        if (await Conversations.LockAsync(transaction, conversationId) is not { SnoozedUntil: { } until })
        {
            return null;
        }

        if (until > now)
        {
            return until;
        }

        Standings.Change(transaction, conversationId, StandingChange.Woken, until: null, Actor.Inbox, now);
        return null;
    }
}
