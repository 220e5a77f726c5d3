using System.Globalization;
using Munshi.Database;
using Npgsql;

namespace Munshi.Notices;

/// <summary>The daily digest: one notice an owner and local day, however many processes look and however often they start.</summary>
internal sealed partial class Digests(Databases databases, MailServer server, TimeProvider clock, ILogger<Digests> logger)
{
    public const string Kind = "digest";

    /// <summary>Eight in the morning, in minutes after midnight.</summary>
    public const int Minute = 8 * 60;

    private const string DayFormat = "yyyy-MM-dd";

    private const string Due =
        "SELECT person_id, time_zone FROM notice.recipient WHERE client_id = $1 AND digest_due_at <= $2 ORDER BY person_id FOR UPDATE";

    /// <summary>Raises every digest that is due. Nothing while there is no mail server.</summary>
    public async Task RaiseDueAsync(CancellationToken cancellationToken)
    {
        if (!server.IsSetUp)
        {
            return;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid? workspace = Guid.Empty;
        while ((workspace = await NextDueAsync(now, workspace.Value, cancellationToken)) is { } clientId)
        {
            try
            {
                await databases.App.TransactAsync(clientId, transaction => RaiseAsync(transaction, now), cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                Log.Failed(logger, clientId, exception.GetType().Name); // the next look comes back to it
            }
        }
    }

    /// <summary>The day that a digest tells of, from its beginning to its end by the recipient's clocks.</summary>
    public static (DateOnly Day, DateTimeOffset From, DateTimeOffset To) PeriodOf(Delivery digest, TimeZoneInfo zone)
    {
        DateOnly sent = DateOnly.ParseExact(digest.Parameters[0], DayFormat, CultureInfo.InvariantCulture);
        DateOnly day = sent.AddDays(-1);
        return (day, LocalClock.At(day, 0, zone), LocalClock.At(sent, 0, zone));
    }

    private Task<Guid?> NextDueAsync(DateTimeOffset now, Guid after, CancellationToken cancellationToken) => databases.Router.RowAsync(
        new Statement("SELECT notice.workspace_with_digest_due($1, $2)").Time(now).Uuid(after), reader => reader.ValueOrNull<Guid>(0), cancellationToken);

    private static async Task<bool> RaiseAsync(WorkspaceTransaction transaction, DateTimeOffset now)
    {
        IReadOnlyList<(Guid PersonId, string Zone)> due = await transaction.RowsAsync(
            new Statement(Due).Uuid(transaction.ClientId).Time(now), reader => (reader.GetGuid(0), reader.GetString(1)));
        foreach ((Guid personId, string zoneId) in due)
        {
            TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out TimeZoneInfo? known) ? known : NoticePreferences.UsualZone;
            string day = LocalClock.Day(now, zone).ToString(DayFormat, CultureInfo.InvariantCulture);
            Notice digest = new()
            {
                Severity = NoticeSeverity.Info,
                Kind = Kind,
                Subject = personId,
                DedupKey = day,
                Parameters = [day],
                Person = personId,
                FoldWithin = TimeSpan.Zero,
            };
            NoticeBoard.Raise(transaction, digest, now);
            transaction.Queue(new Statement("UPDATE notice.recipient SET digest_due_at = $3 WHERE client_id = $1 AND person_id = $2")
                .Uuid(transaction.ClientId).Uuid(personId).Time(LocalClock.Next(now, Minute, zone)));
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(16005, LogLevel.Warning, "The digests of workspace {ClientId} could not be raised: {Failure}")]
        public static partial void Failed(ILogger logger, Guid clientId, string failure);
    }
}
