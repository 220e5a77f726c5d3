using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Intake.Deliveries;

/// <summary>Lets all that failed alike wait again, a page a job; each page and the job of the next are one commit.</summary>
internal sealed class ReplayHandler(WorkspaceDatabase database, Replays replays, TimeProvider clock) : IJobHandler
{
    private const string End = "UPDATE intake.replay SET ended_at = $3, given_up = true WHERE client_id = $1 AND id = $2 AND ended_at IS NULL";

    public string Kind => Replays.PageJob;

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not { } id)
            {
                return false;
            }

            if (await replays.PageAsync(transaction, id))
            {
                Jobs.Enqueue(transaction, Kind, id, clock.GetUtcNow());
            }

            Jobs.Complete(transaction, lease);
            return true;
        }, cancellationToken);

    /// <summary>What was not reached stays failed, and can be asked for again.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        transaction.Queue(new Statement(End).Uuid(transaction.ClientId).Uuid(subject).Time(clock.GetUtcNow()));
        return Task.CompletedTask;
    }
}
