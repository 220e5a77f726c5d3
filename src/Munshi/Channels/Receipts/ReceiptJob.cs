using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Channels.Receipts;

/// <summary>Does the jobs of one of the two kinds of <see cref="ReadMarks"/>.</summary>
internal sealed class ReceiptJob(string kind, ReadMarks marks) : IJobHandler
{
    public string Kind => kind;

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => marks.SendAsync(lease, cancellationToken);

    /// <summary>Nobody waits for it.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;
}
