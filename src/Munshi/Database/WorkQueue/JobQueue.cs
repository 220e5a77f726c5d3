using System.Security.Cryptography;

namespace Munshi.Database.WorkQueue;

/// <summary>Claims jobs as <c>munshi_dispatch</c> and records failures as <c>munshi_app</c>.</summary>
internal sealed class JobQueue(Databases databases, TimeProvider clock)
{
    /// <summary>A job not finished by then may be claimed again: its worker is taken for dead.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    /// <summary>After so many attempts a job goes to the dead letters.</summary>
    public const int MaxAttempts = 12;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);
    private static readonly string ClaimJobs = Sql.Read("Database/WorkQueue/claim_jobs.sql");

    public Task<IReadOnlyList<JobLease>> ClaimAsync(int count, CancellationToken cancellationToken) => ClaimAsync(count, [], count, count, cancellationToken);

    /// <summary>Claims what is due, oldest first, all under one lease.</summary>
    /// <param name="count">At most, of all kinds.</param>
    /// <param name="grouped">The kinds that are done many together.</param>
    /// <param name="singles">At most, of the other kinds: each of them waits for its turn while its lease runs.</param>
    /// <param name="bulk">At most, of the lane that holds nobody up; besides the others.</param>
    /// <param name="cancellationToken">Honoured until the statement is sent.</param>
    public Task<IReadOnlyList<JobLease>> ClaimAsync(int count, string[] grouped, int singles, int bulk, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Guid lease = Guid.NewGuid();
        return databases.Dispatch.RowsAsync(
            new Statement(ClaimJobs).Uuid(lease).Time(now + LeaseTime).Time(now).Int(count).Texts(grouped).Int(singles).Int(bulk),
            reader => new JobLease(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt32(3), lease) { IsBulk = reader.GetBoolean(4) },
            cancellationToken);
    }

    /// <summary>Prolongs a lease from now on, for work that takes longer than one.</summary>
    /// <returns>False when it was lost: another may have the job.</returns>
    /// <param name="lease">The claim.</param>
    /// <param name="cancellationToken">Honoured until the statement is sent.</param>
    public async Task<bool> HoldAsync(JobLease lease, CancellationToken cancellationToken) =>
        await databases.App.RowAsync(
            lease.ClientId,
            new Statement("UPDATE work.job SET leased_until = $4 WHERE client_id = $1 AND id = $2 AND lease = $3 AND dead_at IS NULL RETURNING id")
                .Uuid(lease.ClientId).Uuid(lease.JobId).Uuid(lease.Lease).Time(clock.GetUtcNow() + LeaseTime),
            reader => reader.GetGuid(0),
            cancellationToken) != Guid.Empty;

    /// <summary>Puts a failed job off.</summary>
    /// <param name="lease">The claim that failed.</param>
    /// <param name="failure">The exception's type; its message might hold personal data.</param>
    /// <param name="cancellationToken">Honoured until the statement is sent.</param>
    public Task FailAsync(JobLease lease, string failure, CancellationToken cancellationToken) =>
        databases.App.ExecuteAsync(
            lease.ClientId,
            [
                new Statement(
                    "UPDATE work.job SET lease = NULL, leased_until = NULL, run_at = $4, last_error = $5 WHERE client_id = $1 AND id = $2 AND lease = $3")
                    .Uuid(lease.ClientId).Uuid(lease.JobId).Uuid(lease.Lease).Time(clock.GetUtcNow() + Delay(lease.Attempt)).Text(failure),
            ],
            cancellationToken);

    /// <summary>Puts a job that failed for the last time among the dead letters, together with what its handler has to say about that.</summary>
    /// <returns>False when the lease was lost meanwhile: nothing was written.</returns>
    /// <param name="lease">The claim that failed.</param>
    /// <param name="failure">The exception's type.</param>
    /// <param name="handler">Null where nobody knows the kind.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<bool> BuryAsync(JobLease lease, string failure, IJobHandler? handler, CancellationToken cancellationToken) =>
        databases.App.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is not { } subject)
            {
                return false;
            }

            if (handler is not null)
            {
                await handler.GiveUpAsync(transaction, subject);
            }

            transaction.Queue(new Statement("UPDATE work.job SET lease = NULL, leased_until = NULL, dead_at = $3, last_error = $4 WHERE client_id = $1 AND id = $2")
                .Uuid(lease.ClientId).Uuid(lease.JobId).Time(clock.GetUtcNow()).Text(failure));
            return true;
        }, cancellationToken);

    /// <summary>Doubles from 250 ms to 10 minutes, with up to a quarter added so that jobs which failed together part.</summary>
    internal static TimeSpan Delay(int attempt)
    {
        TimeSpan delay = FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 20));
        TimeSpan capped = delay < LongestDelay ? delay : LongestDelay;
        return capped * (1 + (RandomNumberGenerator.GetInt32(250) / 1000.0));
    }
}
