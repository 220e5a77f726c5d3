using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Web;
using Munshi.Workspaces;
using Npgsql;

namespace Munshi.Notices;

/// <summary>What members chose about notices. Their addresses stand sealed.</summary>
internal sealed class NoticeRecipients(WorkspaceDatabase database, WorkspaceKeys keys, TimeProvider clock)
{
    private const string EmailColumn = "notice.recipient.email_sealed";

    private const string Select =
        """
        SELECT email_sealed, language, time_zone, wants_info, wants_warning, wants_alert, wants_digest, quiet_from, quiet_until
        FROM notice.recipient WHERE client_id = $1 AND person_id = $2
        """;

    private static readonly string SaveRecipient = Sql.Read("Notices/save_recipient.sql");

    /// <summary>What the member chose; the usual where they chose nothing yet.</summary>
    public async Task<NoticePreferences> ReadAsync(Guid clientId, Guid personId, CancellationToken cancellationToken) =>
        await OpenAsync(clientId, personId, await database.RowAsync(clientId, Query(clientId, personId), Read, cancellationToken), cancellationToken);

    /// <summary>As <see cref="ReadAsync(Guid, Guid, CancellationToken)"/>, in the transaction.</summary>
    public async Task<NoticePreferences> ReadAsync(WorkspaceTransaction transaction, Guid personId) => await OpenAsync(
        transaction.ClientId, personId, await transaction.RowAsync(Query(transaction.ClientId, personId), Read), transaction.CancellationToken);

    /// <summary>Keeps what a member chose, with its audit event. The first digest follows at the next eight o'clock of their zone.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="personId">The member.</param>
    /// <param name="chosen">An address in it was checked by <see cref="EmailAddress"/>.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task SaveAsync(Guid clientId, Guid personId, NoticePreferences chosen, Actor actor, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        byte[]? email = chosen.Email is null ? null : await keys.SealAsync(new SealContext(clientId, personId, EmailColumn), chosen.Email, cancellationToken);
        DateTimeOffset? digestDue = chosen.WantsDigest && email is not null ? LocalClock.Next(now, Digests.Minute, chosen.Zone) : null;
        await database.ExecuteAsync(
            clientId,
            [
                new Statement(SaveRecipient)
                    .Uuid(clientId)
                    .Uuid(personId)
                    .Bytes(email)
                    .Text(chosen.Language.Code)
                    .Text(chosen.Zone.Id)
                    .Flag(chosen.WantsInfo)
                    .Flag(chosen.WantsWarning)
                    .Flag(chosen.WantsAlert)
                    .Flag(chosen.WantsDigest)
                    .Int(chosen.Quiet?.From)
                    .Int(chosen.Quiet?.Until)
                    .Time(digestDue)
                    .Time(now),
                AuditTrail.Statement(clientId, new AuditEvent(actor, "notice-settings.changed", "person", personId, now)),
            ],
            cancellationToken);
    }

    private static Statement Query(Guid clientId, Guid personId) => new Statement(Select).Uuid(clientId).Uuid(personId);

    private static (byte[]? Email, NoticePreferences Chosen) Read(NpgsqlDataReader reader) => (
        reader.OrNull<byte[]>(0),
        new NoticePreferences
        {
            Language = Language.Find(reader.GetString(1)) ?? Language.English,
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(reader.GetString(2), out TimeZoneInfo? zone) ? zone : NoticePreferences.UsualZone,
            WantsInfo = reader.GetBoolean(3),
            WantsWarning = reader.GetBoolean(4),
            WantsAlert = reader.GetBoolean(5),
            WantsDigest = reader.GetBoolean(6),
            Quiet = reader.ValueOrNull<int>(7) is { } from ? new QuietHours(from, reader.GetInt32(8)) : null,
        });

    private async Task<NoticePreferences> OpenAsync(
        Guid clientId, Guid personId, (byte[]? Email, NoticePreferences? Chosen) row, CancellationToken cancellationToken) => row switch
        {
            (_, null) => new NoticePreferences(),
            (null, { } rest) => rest,
            ({ } email, { } rest) => rest with { Email = await keys.OpenAsync(new SealContext(clientId, personId, EmailColumn), email, cancellationToken) },
        };
}
