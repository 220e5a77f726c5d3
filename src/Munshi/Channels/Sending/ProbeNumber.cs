using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Channels.Sending;

/// <summary>When a stopped number's pause is over, wakes the oldest messages that wait for it: one of them asks whether it may send again.</summary>
internal sealed class ProbeNumber(WorkspaceDatabase database, TimeProvider clock) : IJobHandler
{
    /// <summary>Some may end at their own gates before one asks.</summary>
    private const int Woken = 5;

    private static readonly string WakeOldest = Sql.Read("Channels/Sending/wake_oldest.sql");

    public string Kind => NumberStops.ProbeJob;

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) =>
        database.TransactAsync(lease.ClientId, transaction => HandleAsync(transaction, lease), cancellationToken);

    /// <summary>A message that is written asks too, so nothing stands still for good.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

    private async Task<bool> HandleAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } numberId)
        {
            return false;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyList<DateTimeOffset> due = await transaction.RowsAsync(
            new Statement("SELECT probe_at FROM channel.number_stop WHERE client_id = $1 AND number_id = $2").Uuid(transaction.ClientId).Uuid(numberId),
            reader => reader.GetFieldValue<DateTimeOffset>(0));
        if (due is not [{ } probeAt])
        {
            Jobs.Complete(transaction, lease);
            return true;
        }

        if (probeAt > now && probeAt <= now + NumberStops.LongestPause)
        {
            Jobs.Wait(transaction, lease, probeAt);
            return true;
        }

        transaction.Queue(new Statement(WakeOldest).Uuid(transaction.ClientId).Uuid(numberId).Time(now).Int(Woken));
        Jobs.Wait(transaction, lease, now + NumberStops.FirstPause);
        return true;
    }
}
