using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Channels.Sending;

/// <summary>Stops a number's outbox when Meta refuses everything it sends, and lets it go on: at the first acceptance, or when its token is replaced.</summary>
internal sealed class NumberStops(WorkspaceDatabase database, TimeProvider clock)
{
    /// <summary>Its subject is the number.</summary>
    public const string ProbeJob = "channel.probe";

    /// <summary>Its subject is the number.</summary>
    public const string ResumeJob = "channel.resume";

    /// <summary>In place of Meta's code of a refusal: Meta told that the business account is restricted or disabled.</summary>
    public const int ToldByMeta = -2;

    /// <summary>More are not counted one by one.</summary>
    public const int MostCounted = 1000;

    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private const string Select =
        """
        SELECT s.number_id, s.code, s.since, s.probe_at,
            (SELECT count(*)::int FROM (
                SELECT FROM channel.outbox o WHERE o.client_id = $1 AND o.number_id = s.number_id AND o.state = 'queued' LIMIT $2) AS waiting)
        FROM channel.number_stop s WHERE s.client_id = $1 ORDER BY s.since
        """;

    private const string StopTold =
        """
        INSERT INTO channel.number_stop (client_id, number_id, code, since, probe_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (client_id, number_id) DO NOTHING
        RETURNING number_id
        """;

    private const string Delete = "DELETE FROM channel.number_stop WHERE client_id = $1 AND number_id = $2 RETURNING code";

    private static readonly string StopNumber = Sql.Read("Channels/Sending/stop_number.sql");
    private static readonly string TakeProbe = Sql.Read("Channels/Sending/take_probe.sql");

    /// <summary>The numbers that are stopped, longest first.</summary>
    public Task<IReadOnlyList<NumberStop>> ListAsync(Guid clientId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(Select).Uuid(clientId).Int(MostCounted),
        reader => new NumberStop(
            reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4)),
        cancellationToken);

    /// <summary>Tries a stopped number now, and not only when its pause is over. Nothing where it is not stopped.</summary>
    public Task ProbeNowAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        return database.ExecuteAsync(
            clientId,
            [
                new Statement("UPDATE channel.number_stop SET probe_at = $3 WHERE client_id = $1 AND number_id = $2").Uuid(clientId).Uuid(numberId).Time(now),
                new Statement("UPDATE work.job SET run_at = $4 WHERE client_id = $1 AND kind = $3 AND subject = $2 AND lease IS NULL AND dead_at IS NULL")
                    .Uuid(clientId).Uuid(numberId).Text(ProbeJob).Time(now),
            ],
            cancellationToken);
    }

    /// <summary>Stops the number whose token was refused.</summary>
    /// <returns>False where the token was replaced meanwhile: the message is to be tried with the new one.</returns>
    public static async Task<bool> StopAsync(WorkspaceTransaction transaction, NumberCredentials refused, int code, DateTimeOffset now)
    {
        IReadOnlyList<bool> stopped = await transaction.RowsAsync(
            new Statement(StopNumber).Uuid(transaction.ClientId).Uuid(refused.NumberId).Int(code).Time(now).Time(now + FirstPause).Bytes(refused.TokenSealed),
            reader => reader.GetBoolean(0));
        if (stopped is [true])
        {
            Jobs.Enqueue(transaction, ProbeJob, refused.NumberId, now, now + FirstPause);
            AuditTrail.Record(transaction, new AuditEvent(Actor.Sender, "number.stopped", "number", refused.NumberId, now));
        }

        return stopped.Count > 0;
    }

    /// <summary>Stops a number whose account Meta told to be restricted or disabled; messages still ask in turn whether it is over. One that is stopped stays as it is.</summary>
    public static async Task StopToldAsync(WorkspaceTransaction transaction, Guid numberId, DateTimeOffset now)
    {
        if (await transaction.RowAsync(
            new Statement(StopTold).Uuid(transaction.ClientId).Uuid(numberId).Int(ToldByMeta).Time(now).Time(now + FirstPause), reader => reader.GetGuid(0)) == numberId)
        {
            Jobs.Enqueue(transaction, ProbeJob, numberId, now, now + FirstPause);
            AuditTrail.Record(transaction, new AuditEvent(Actor.Intake, "number.stopped", "number", numberId, now));
        }
    }

    /// <summary>Lets a number go on whose account Meta told to be open again. One that is stopped for a refusal stays so.</summary>
    public static async Task ResumeToldAsync(WorkspaceTransaction transaction, Guid numberId, DateTimeOffset now)
    {
        if (await transaction.RowAsync(
            new Statement("SELECT code FROM channel.number_stop WHERE client_id = $1 AND number_id = $2 FOR UPDATE").Uuid(transaction.ClientId).Uuid(numberId),
            reader => reader.GetInt32(0)) == ToldByMeta)
        {
            await ResumeAsync(transaction, numberId, Actor.Intake, now);
        }
    }

    /// <summary>Whether this message is the one that asks; of several, one is.</summary>
    public static async Task<bool> TryProbeAsync(WorkspaceTransaction transaction, Guid numberId, DateTimeOffset now) =>
        await transaction.RowAsync(new Statement(TakeProbe).Uuid(transaction.ClientId).Uuid(numberId).Time(now), reader => reader.GetInt32(0)) > 0;

    /// <summary>The next message asks at once: this one failed for a reason of its own.</summary>
    public static void AskAgain(WorkspaceTransaction transaction, Guid numberId, DateTimeOffset now) =>
        transaction.Queue(new Statement("UPDATE channel.number_stop SET probe_at = $3 WHERE client_id = $1 AND number_id = $2")
            .Uuid(transaction.ClientId).Uuid(numberId).Time(now));

    /// <summary>Everything that waited for the number goes on. Nothing where it was not stopped.</summary>
    public static async Task ResumeAsync(WorkspaceTransaction transaction, Guid numberId, Actor actor, DateTimeOffset now)
    {
        if ((await transaction.RowsAsync(new Statement(Delete).Uuid(transaction.ClientId).Uuid(numberId), reader => reader.GetInt32(0))).Count > 0)
        {
            transaction.Queue(new Statement("DELETE FROM work.job WHERE client_id = $1 AND kind = $3 AND subject = $2 AND lease IS NULL")
                .Uuid(transaction.ClientId).Uuid(numberId).Text(ProbeJob));
            Jobs.Enqueue(transaction, ResumeJob, numberId, now);
            AuditTrail.Record(transaction, new AuditEvent(actor, "number.resumed", "number", numberId, now));
        }
    }
}
