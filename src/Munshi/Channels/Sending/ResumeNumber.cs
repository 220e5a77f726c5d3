using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Channels.Sending;

/// <summary>Lets the messages of a number go on that waited while it was stopped, so many at a time.</summary>
internal sealed class ResumeNumber(WorkspaceDatabase database, TimeProvider clock) : IJobHandler
{
    /// <summary>A transaction stays well below two seconds.</summary>
    private const int AtOnce = 2000;

    private static readonly string ResumeMessages = Sql.Read("Channels/Sending/resume_messages.sql");

    public string Kind => NumberStops.ResumeJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        while (await database.TransactAsync(lease.ClientId, transaction => HandleAsync(transaction, lease), cancellationToken))
        {
        }
    }

    /// <summary>Each of them looks again by itself when its time is over.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> HandleAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } numberId)
        {
            return false;
        }

        int resumed = await transaction.ExecuteAsync(
            new Statement(ResumeMessages).Uuid(transaction.ClientId).Uuid(numberId).Time(clock.GetMicrosecondNow()).Int(AtOnce));
        if (resumed < AtOnce)
        {
            Jobs.Complete(transaction, lease);
        }

        return resumed == AtOnce;
    }
}
