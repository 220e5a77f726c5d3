namespace Munshi.Database.WorkQueue;

/// <summary>What a transaction may do with jobs: cause one, finish one, put one off.</summary>
internal static class Jobs
{
    private const string Insert =
        "INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) VALUES ($1, $2, $3, $4, $5, $6)";

    private const string SubjectUnderLease =
        "SELECT subject FROM work.job WHERE client_id = $1 AND id = $2 AND lease = $3 AND dead_at IS NULL FOR UPDATE";

    /// <summary>Committed together with the fact that causes it.</summary>
    public static void Enqueue(WorkspaceTransaction transaction, string kind, Guid subject, DateTimeOffset now) =>
        transaction.Queue(new Statement(Insert).Uuid(transaction.ClientId).Uuid(Guid.CreateVersion7(now)).Text(kind).Uuid(subject).Time(now).Time(now));

    /// <summary>What the job is about, its row locked until the transaction ends; null when the lease was lost.</summary>
    public static async Task<Guid?> SubjectAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        Guid subject = await transaction.RowAsync(
            new Statement(SubjectUnderLease).Uuid(lease.ClientId).Uuid(lease.JobId).Uuid(lease.Lease), reader => reader.GetGuid(0));
        return subject == Guid.Empty ? null : subject;
    }

    /// <summary>To be called in the transaction in which <see cref="SubjectAsync"/> locked the job.</summary>
    public static void Complete(WorkspaceTransaction transaction, JobLease lease) =>
        transaction.Queue(new Statement("DELETE FROM work.job WHERE client_id = $1 AND id = $2").Uuid(lease.ClientId).Uuid(lease.JobId));

    /// <summary>Gives the job back for want of something outside, to be claimed from <paramref name="runAt"/> on; it has not failed, so the attempt does not count.</summary>
    public static void Wait(WorkspaceTransaction transaction, JobLease lease, DateTimeOffset runAt) =>
        transaction.Queue(new Statement("UPDATE work.job SET run_at = $3, attempts = attempts - 1, lease = NULL, leased_until = NULL WHERE client_id = $1 AND id = $2")
            .Uuid(lease.ClientId).Uuid(lease.JobId).Time(runAt));

    /// <summary>As the other, saying what is wanted.</summary>
    /// <param name="transaction">The transaction in which <see cref="SubjectAsync"/> locked the job.</param>
    /// <param name="lease">The job.</param>
    /// <param name="runAt">When it may be claimed again.</param>
    /// <param name="reason">The type of the failure; nothing of a message.</param>
    public static void Wait(WorkspaceTransaction transaction, JobLease lease, DateTimeOffset runAt, string reason) =>
        transaction.Queue(new Statement(
            "UPDATE work.job SET run_at = $3, attempts = attempts - 1, lease = NULL, leased_until = NULL, last_error = $4 WHERE client_id = $1 AND id = $2")
            .Uuid(lease.ClientId).Uuid(lease.JobId).Time(runAt).Text(reason));

    /// <summary>Gives the job back, to be claimed from <paramref name="runAt"/> on; the attempt counts.</summary>
    public static void PutOff(WorkspaceTransaction transaction, JobLease lease, DateTimeOffset runAt) =>
        transaction.Queue(new Statement("UPDATE work.job SET run_at = $3, lease = NULL, leased_until = NULL WHERE client_id = $1 AND id = $2")
            .Uuid(lease.ClientId).Uuid(lease.JobId).Time(runAt));
}
