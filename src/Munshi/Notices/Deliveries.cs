using Munshi.Database;
using Npgsql;

namespace Munshi.Notices;

/// <summary>Rows of <c>notice.delivery</c>; every state of one goes into the log with it.</summary>
internal static class Deliveries
{
    private const string InsertDelivery =
        """
        INSERT INTO notice.delivery (client_id, id, notice_id, person_id, state, reason, created_at, settled_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $5 = 'not-sent' THEN $7 END)
        """;

    private const string UpdateDelivery =
        """
        UPDATE notice.delivery SET state = $3, reason = $4, code = $5, attempts = $6, unanswered = $7, held_until = $8, settled_at = $9
        WHERE client_id = $1 AND id = $2
        """;

    private const string InsertLog =
        "INSERT INTO notice.delivery_log (client_id, delivery_id, attempt, state, reason, code, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private static readonly string LockDelivery = Sql.Read("Notices/lock_delivery.sql");

    public static void Insert(
        WorkspaceTransaction transaction, Guid id, Guid noticeId, Guid personId, MailState state, string? reason, DateTimeOffset now)
    {
        transaction.Queue(new Statement(InsertDelivery)
            .Uuid(transaction.ClientId).Uuid(id).Uuid(noticeId).Uuid(personId).Text(state.Name()).Text(reason).Time(now));
        Log(transaction, id, 0, state, reason, code: null, now);
    }

    /// <summary>Locked until the transaction ends; null where there is none.</summary>
    public static Task<Delivery?> LockAsync(WorkspaceTransaction transaction, Guid id) =>
        transaction.RowAsync(new Statement(LockDelivery).Uuid(transaction.ClientId).Uuid(id), Read);

    /// <summary>Writes the delivery as it stands from now on. A state with <paramref name="heldUntil"/> is <see cref="MailState.Held"/>.</summary>
    public static void Set(
        WorkspaceTransaction transaction, Delivery delivery, string? reason, int? code, DateTimeOffset? heldUntil, bool isSettled, DateTimeOffset now)
    {
        transaction.Queue(new Statement(UpdateDelivery)
            .Uuid(transaction.ClientId)
            .Uuid(delivery.Id)
            .Text(delivery.State.Name())
            .Text(reason)
            .Int(code)
            .Int(delivery.Attempts)
            .Int(delivery.Unanswered)
            .Time(heldUntil)
            .Time(isSettled ? now : null));
        Log(transaction, delivery.Id, delivery.Attempts, delivery.State, reason, code, now);
    }

    private static void Log(WorkspaceTransaction transaction, Guid deliveryId, int attempt, MailState state, string? reason, int? code, DateTimeOffset now) =>
        transaction.Queue(new Statement(InsertLog)
            .Uuid(transaction.ClientId)
            .Uuid(deliveryId)
            .Int(attempt)
            .Text(state.Name())
            .Text(reason)
            .Int(code)
            .Time(now));

    private static Delivery Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        PersonId = reader.GetGuid(1),
        State = MailStateNames.Parse(reader.GetString(2)),
        Attempts = reader.GetInt32(3),
        Unanswered = reader.GetInt32(4),
        Severity = NoticeSeverityNames.Parse(reader.GetString(5)),
        Kind = reader.GetString(6),
        Parameters = reader.GetFieldValue<string[]>(7),
        RaisedAt = reader.GetFieldValue<DateTimeOffset>(8),
    };
}
