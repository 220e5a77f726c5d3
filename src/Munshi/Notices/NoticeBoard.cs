using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Workspaces;

namespace Munshi.Notices;

/// <summary>Raises notices. Who is told, and how, is settled by the job that a notice brings with it.</summary>
internal sealed class NoticeBoard(WorkspaceDatabase database, WorkspaceRegistry workspaces, TimeProvider clock)
{
    /// <summary>Its subject is the notice.</summary>
    public const string AddressJob = "notice.address";

    private static readonly string RaiseNotice = Sql.Read("Notices/raise_notice.sql");

    /// <summary>Queues the notice and its job into the act's transaction: both are committed with it, or neither.</summary>
    /// <remarks>
    /// Raising the same again (<see cref="Notice.DedupKey"/>) only counts it, as does another of its kind and subject within <see cref="Notice.FoldWithin"/>;
    /// the job then finds nothing to do.
    /// </remarks>
    /// <param name="transaction">The act's.</param>
    /// <param name="notice">What to tell.</param>
    /// <param name="now">UTC, to the microsecond.</param>
    public static void Raise(WorkspaceTransaction transaction, Notice notice, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        transaction.Queue(new Statement("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))") { ReturnsRows = true }
            .Text($"notice {transaction.ClientId} {notice.Kind} {notice.Subject}"));
        transaction.Queue(new Statement(RaiseNotice)
            .Uuid(transaction.ClientId)
            .Uuid(id)
            .Text(notice.Severity.Name())
            .Text(notice.Kind)
            .Uuid(notice.Subject)
            .Text(notice.DedupKey)
            .Uuid(notice.Person)
            .Texts([.. notice.Parameters])
            .Time(now)
            .Time(now - notice.FoldWithin));
        Jobs.Enqueue(transaction, AddressJob, id, now);
    }

    /// <summary>Says that what the open notices of a kind and subject were about is over: the next one is a new one.</summary>
    public static void Close(WorkspaceTransaction transaction, string kind, Guid subject, DateTimeOffset now) =>
        transaction.Queue(new Statement("UPDATE notice.notice SET closed_at = $4 WHERE client_id = $1 AND kind = $2 AND subject = $3 AND closed_at IS NULL")
            .Uuid(transaction.ClientId).Text(kind).Uuid(subject).Time(now));

    /// <summary>Raises the notice in a transaction of its own.</summary>
    public Task RaiseAsync(Guid clientId, Notice notice, CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, transaction =>
        {
            Raise(transaction, notice, clock.GetMicrosecondNow());
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Raises what concerns the whole installation in every workspace, for its owners. Repeated after a crash half-way, it tells only those it had not told.</summary>
    public async Task RaiseEverywhereAsync(Notice notice, CancellationToken cancellationToken)
    {
        foreach (WorkspaceListing workspace in await workspaces.ListAsync(cancellationToken))
        {
            await RaiseAsync(workspace.ClientId, notice, cancellationToken);
        }
    }
}
