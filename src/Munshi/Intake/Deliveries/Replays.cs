using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Intake.Deliveries;

/// <summary>Lets updates that failed be done again: update, job and audit event are one transaction. What was settled otherwise stays.</summary>
internal sealed class Replays(WorkspaceDatabase database, PendingUpdates updates, TimeProvider clock)
{
    /// <summary>The kind of the job that does all that failed alike again, page by page.</summary>
    public const string PageJob = "intake.replay";

    /// <summary>So many updates wait again with one page.</summary>
    public const int MostOfPage = 1_000;

    /// <summary>A page ends at this size of sealed bytes, which are all opened.</summary>
    private const long MostBytesOfPage = 16 * 1024 * 1024;

    /// <summary>A page looks at so many that failed, whatever of.</summary>
    private const int MostLookedAt = 10_000;

    private const string LockFailed =
        "SELECT state, replays FROM intake.update WHERE client_id = $1 AND id = $2 FOR UPDATE";

    private const string LockMany =
        "SELECT id, kind, received_at, key_id, body_sealed FROM intake.update WHERE client_id = $1 AND id = ANY ($2) AND coalesce(state, '') = 'failed' ORDER BY id FOR UPDATE";

    // By the key alone: they are locked, and the trigger lets only failed ones wait again.
    private const string LetWait =
        """
        UPDATE intake.update SET state = 'pending', reason = NULL, settled_at = NULL, replays = replays + 1, replayed_at = $3
        WHERE client_id = $1 AND id = ANY ($2)
        """;

    private const string ForgetDead =
        "DELETE FROM work.job WHERE client_id = $1 AND subject = ANY ($2) AND kind = 'intake.update' AND dead_at IS NOT NULL";

    private const string Ask =
        """
        INSERT INTO intake.replay (client_id, id, kind, reason, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (client_id, id) DO NOTHING
        """;

    private const string LockAsked =
        "SELECT kind, reason, asked_by, asked_at, passed FROM intake.replay WHERE client_id = $1 AND id = $2 AND ended_at IS NULL FOR UPDATE";

    private const string Advance =
        "UPDATE intake.replay SET passed = $3, replayed = replayed + $4, unopened = unopened + $5, ended_at = $6 WHERE client_id = $1 AND id = $2";

    private static readonly string LookAtFailed = Sql.Read("Intake/Deliveries/look_at_failed.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="updateId">The update.</param>
    /// <param name="seen">How often it had been done again when the page was made: the form sent twice does it once.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<ReplayOutcome> OneAsync(Guid clientId, Guid updateId, int seen, Guid person, CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, async transaction =>
        {
            (string? state, int replays) = await transaction.RowAsync(
                new Statement(LockFailed).Uuid(clientId).Uuid(updateId), reader => (reader.GetString(0), reader.GetInt32(1)));
            if (state != "failed" || replays != seen)
            {
                return state is null ? ReplayOutcome.Unknown : ReplayOutcome.NotFailed;
            }

            (int replayed, _) = await LetWaitAsync(transaction, [updateId], person, clock.GetMicrosecondNow());
            return replayed == 1 ? ReplayOutcome.Replayed : ReplayOutcome.Unopened;
        }, cancellationToken);

    /// <summary>Asks for all that failed alike until now; a job does it.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="id">A fresh id; the same one asks once.</param>
    /// <param name="kind">What they tell of.</param>
    /// <param name="reason">Why they failed.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task AskAsync(Guid clientId, Guid id, string kind, string reason, Guid person, CancellationToken cancellationToken) =>
        database.TransactAsync(clientId, async transaction =>
        {
            DateTimeOffset now = clock.GetMicrosecondNow();
            if (await transaction.ExecuteAsync(new Statement(Ask).Uuid(clientId).Uuid(id).Text(kind).Text(reason).Uuid(person).Time(now)) == 1)
            {
                Jobs.Enqueue(transaction, PageJob, id, now);
            }

            return true;
        }, cancellationToken);

    /// <summary>Does one page of what was asked for, oldest first, and says whether there may be more.</summary>
    public async Task<bool> PageAsync(WorkspaceTransaction transaction, Guid id)
    {
        Guid clientId = transaction.ClientId;
        Asked? asked = await transaction.RowAsync<Asked>(new Statement(LockAsked).Uuid(clientId).Uuid(id), reader => new Asked(
            reader.GetString(0), reader.GetString(1), reader.GetGuid(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetGuid(4)));
        if (asked is null)
        {
            return false;
        }

        IReadOnlyList<(Guid Id, bool IsAlike, int Bytes)> looked = await transaction.RowsAsync(
            new Statement(LookAtFailed).Uuid(clientId).Uuid(asked.Passed).Text(asked.Kind).Text(asked.Reason).Time(asked.At).Int(MostLookedAt),
            reader => (reader.GetGuid(0), reader.GetBoolean(1), reader.GetInt32(2)));
        List<Guid> chosen = [];
        Guid passed = asked.Passed;
        long bytes = 0;
        foreach ((Guid update, bool isAlike, int size) in looked)
        {
            if (chosen.Count == MostOfPage || (isAlike && chosen.Count > 0 && bytes + size > MostBytesOfPage))
            {
                break;
            }

            passed = update;
            if (isAlike)
            {
                chosen.Add(update);
                bytes += size;
            }
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        bool hasMore = looked.Count == MostLookedAt || (looked.Count > 0 && passed != looked[^1].Id);
        (int replayed, int unopened) = await LetWaitAsync(transaction, chosen, asked.By, now);
        transaction.Queue(new Statement(Advance).Uuid(clientId).Uuid(id).Uuid(passed).Long(replayed).Long(unopened).Time(hasMore ? null : now));
        return hasMore;
    }

    /// <summary>Of these, all locked from here on: those that open wait again.</summary>
    private async Task<(int Replayed, int Unopened)> LetWaitAsync(WorkspaceTransaction transaction, List<Guid> ids, Guid person, DateTimeOffset now)
    {
        if (ids.Count == 0)
        {
            return (0, 0);
        }

        IReadOnlyList<PendingUpdate> failed = await transaction.RowsAsync(new Statement(LockMany).Uuid(transaction.ClientId).Uuids([.. ids]), PendingUpdates.Read);
        Guid[] opened = [.. failed.Where(update => updates.TryOpen(transaction.ClientId, update) is not null).Select(update => update.Id)];
        if (opened.Length > 0)
        {
            transaction.Queue(new Statement(LetWait).Uuid(transaction.ClientId).Uuids(opened).Time(now));
            transaction.Queue(new Statement(ForgetDead).Uuid(transaction.ClientId).Uuids(opened));
            Jobs.Enqueue(transaction, UpdateHandler.JobKind, opened, now);
            AuditTrail.Record(transaction, [.. opened.Select(id => new AuditEvent(Actor.Person(person), "update.replayed", "update", id, now))]);
        }

        return (opened.Length, failed.Count - opened.Length);
    }

    private sealed record Asked(string Kind, string Reason, Guid By, DateTimeOffset At, Guid Passed);
}
