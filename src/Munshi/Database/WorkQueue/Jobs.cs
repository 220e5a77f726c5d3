namespace Munshi.Database.WorkQueue;

/// <summary>What a transaction may do with jobs: cause one, finish one, put one off.</summary>
internal static class Jobs
{
    private const string Insert =
        "INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at, lane) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string InsertMany =
        """
        INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
        SELECT $1, j.id, $2, j.subject, $3, $3 - (cardinality($5) - j.place) * interval '1 microsecond'
        FROM unnest($4::uuid[], $5::uuid[]) WITH ORDINALITY AS j (id, subject, place)
        """;

    private const string SubjectUnderLease =
        "SELECT subject FROM work.job WHERE client_id = $1 AND id = $2 AND lease = $3 AND dead_at IS NULL FOR UPDATE";

    private const string SubjectsUnderLease =
        "SELECT id, subject FROM work.job WHERE client_id = $1 AND id = ANY ($2) AND lease = ANY ($3) AND dead_at IS NULL ORDER BY id FOR UPDATE";

    /// <summary>Committed together with the fact that causes it.</summary>
    public static void Enqueue(WorkspaceTransaction transaction, string kind, Guid subject, DateTimeOffset now) =>
        Enqueue(transaction, kind, subject, now, runAt: now);

    /// <summary>As the other, not to be claimed before a time.</summary>
    public static void Enqueue(WorkspaceTransaction transaction, string kind, Guid subject, DateTimeOffset now, DateTimeOffset runAt) =>
        Enqueue(transaction, Insertion(transaction.ClientId, kind, subject, now, runAt, lane: 0));

    /// <summary>In the lane that holds nobody up: done while nothing else waits for a slot of its own.</summary>
    public static void EnqueueBulk(WorkspaceTransaction transaction, string kind, Guid subject, DateTimeOffset now) =>
        Enqueue(transaction, Insertion(transaction.ClientId, kind, subject, now, now, lane: 1));

    /// <summary>One for each subject, as one statement; claimed in their order.</summary>
    public static void Enqueue(WorkspaceTransaction transaction, string kind, Guid[] subjects, DateTimeOffset now) =>
        Enqueue(transaction, new Statement(InsertMany)
            .Uuid(transaction.ClientId).Text(kind).Time(now).Uuids([.. subjects.Select(_ => Guid.CreateVersion7(now))]).Uuids(subjects));

    /// <summary>By a statement that inserts jobs, or none.</summary>
    public static void Enqueue(WorkspaceTransaction transaction, Statement insertion)
    {
        transaction.Queue(insertion);
        transaction.Tell(Notifications.Work, "");
    }

    private static Statement Insertion(Guid clientId, string kind, Guid subject, DateTimeOffset now, DateTimeOffset runAt, int lane) =>
        new Statement(Insert).Uuid(clientId).Uuid(Guid.CreateVersion7(now)).Text(kind).Uuid(subject).Time(now).Time(runAt).Int(lane);

    /// <summary>What the job is about, its row locked until the transaction ends; null when the lease was lost.</summary>
    public static async Task<Guid?> SubjectAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        Guid subject = await transaction.RowAsync(
            new Statement(SubjectUnderLease).Uuid(lease.ClientId).Uuid(lease.JobId).Uuid(lease.Lease), reader => reader.GetGuid(0));
        return subject == Guid.Empty ? null : subject;
    }

    /// <summary>What each job is about, their rows locked until the transaction ends. One whose lease was lost is left out.</summary>
    public static async Task<IReadOnlyDictionary<JobLease, Guid>> SubjectsAsync(WorkspaceTransaction transaction, IReadOnlyList<JobLease> leases)
    {
        IReadOnlyList<(Guid JobId, Guid Subject)> held = await transaction.RowsAsync(
            new Statement(SubjectsUnderLease)
                .Uuid(transaction.ClientId).Uuids([.. leases.Select(lease => lease.JobId)]).Uuids([.. leases.Select(lease => lease.Lease).Distinct()]),
            reader => (reader.GetGuid(0), reader.GetGuid(1)));
        Dictionary<Guid, JobLease> byId = leases.ToDictionary(lease => lease.JobId);
        return held.ToDictionary(job => byId[job.JobId], job => job.Subject);
    }

    /// <summary>To be called in the transaction in which <see cref="SubjectsAsync"/> locked the jobs.</summary>
    public static void Complete(WorkspaceTransaction transaction, IEnumerable<JobLease> leases) =>
        transaction.Queue(new Statement("DELETE FROM work.job WHERE client_id = $1 AND id = ANY ($2)")
            .Uuid(transaction.ClientId).Uuids([.. leases.Select(lease => lease.JobId)]));

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
